"""Everything one indicator system needs, read from a pack."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.checkup.system.grades import GradeBook
from huancheng.checkup.system.indicator import IndicatorSystem
from huancheng.checkup.system.problems import ProblemBook
from huancheng.checkup.system.settings import EvidenceSettings, LandSettings, Levels
from huancheng.checkup.system.targets import CityClasses, TargetTable
from huancheng.evidence import InputFault
from huancheng.policy import Pack, load_pack

DEFAULT_PACK = "national"


@dataclass(frozen=True)
class Ruleset:
    """An indicator system with its targets, grades, problems and settings.

    Parameters
    ----------
    pack
        Pack it was read from.
    system
        Indicators.
    targets
        Targets.
    grades
        Scale, band tables, aspect rule.
    problems
        Problem rules and remedies.
    cities
        Size classes and ranks.
    land
        How land is found.
    evidence
        How much must be known for a figure to speak.
    levels
        Words a city's own table may use for levels.
    """

    pack: Pack
    system: IndicatorSystem
    targets: TargetTable
    grades: GradeBook
    problems: ProblemBook
    cities: CityClasses
    land: LandSettings
    evidence: EvidenceSettings
    levels: Levels


def system_names(pack: str = DEFAULT_PACK) -> list[str]:
    """Return the names of the indicator systems a pack and its parents hold."""
    names = {
        path.stem
        for part in load_pack(pack).lineage
        for path in part.files()
        if path.parts[:2] == ("checkup", "systems")
    }
    return sorted(names)


def load_ruleset(name: str, pack: str = DEFAULT_PACK) -> Ruleset:
    """Read an indicator system.

    Parameters
    ----------
    name
        Such as `national-2023`.
    pack
        Pack to read from; files it lacks come from its parents.

    Raises
    ------
    InputFault
        If there is no such system; the message names those there are. Faults in the pack name file, line and key.
    """
    known = system_names(pack)
    if name not in known:
        message = f"there is no indicator system {name!r}"
        raise InputFault(message, field="--system", cure=f"choose one of {', '.join(known)}")
    loaded = load_pack(pack)
    return Ruleset(
        loaded,
        loaded.read(f"checkup/systems/{name}.yaml", IndicatorSystem),
        loaded.read(f"checkup/targets/{name}.yaml", TargetTable),
        loaded.read(f"checkup/grades/{name}.yaml", GradeBook),
        loaded.read(f"checkup/problems/{name}.yaml", ProblemBook),
        loaded.read("checkup/city-classes.yaml", CityClasses),
        loaded.read("checkup/land.yaml", LandSettings),
        loaded.read("checkup/evidence.yaml", EvidenceSettings),
        loaded.read("checkup/levels.yaml", Levels),
    )
