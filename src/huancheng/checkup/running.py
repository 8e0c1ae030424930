"""A whole check-up: from a snapshot and declared values to a run folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import shapely

from huancheng.checkup.context import CityContext
from huancheng.checkup.declared.reading import Declared
from huancheng.checkup.judgement.grading import CityClass
from huancheng.checkup.operators import measure_indicator
from huancheng.checkup.operators.census import speak_if_known
from huancheng.checkup.results.describing import describe_run
from huancheng.checkup.results.listing import list_actions, list_problems
from huancheng.checkup.results.store import CheckupRun, RunTables, typed, write_run
from huancheng.checkup.results.tables import FEATURE_COLUMNS, NUMBERS, Figure, feature_rows, value_table
from huancheng.checkup.system.ruleset import DEFAULT_PACK, Ruleset, load_ruleset
from huancheng.city.snapshot import Snapshot


def run_checkup(
    snapshot: Snapshot,
    system: str,
    folder: Path,
    *,
    declared: Sequence[Declared] = (),
    declared_source: dict[str, str] | None = None,
    pack: str = DEFAULT_PACK,
    city: CityContext | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckupRun:
    """Check a city up and write the run.

    Parameters
    ----------
    snapshot
        The city.
    system
        Indicator system, such as `national-2023`.
    folder
        New folder for the run.
    declared
        Values declared by bureaus.
    declared_source
        Name and SHA-256 of the file they came from.
    pack
        Pack to read the system from.
    city
        A context to use again, so that two systems share one reading of the city.
    progress
        Called with each indicator's name.

    Raises
    ------
    InputFault
        If the system, the snapshot or the folder can't be used.
    """
    rules = load_ruleset(system, pack)
    city = city or CityContext(snapshot, rules.land)
    facts = snapshot.manifest.city
    city_class = class_of(facts, rules)
    given = {item.indicator: item for item in declared}
    figures = []
    for indicator in rules.system.indicators:
        progress(indicator.name)
        measured = speak_if_known(measure_indicator(indicator, city), rules.evidence.minimum_known_share)
        figures.append(Figure(indicator, measured, given.get(indicator.id)))
    values = value_table(figures, city, rules, city_class)
    listed = [frame for figure in figures if len(frame := feature_rows(figure, city))]
    features = pd.concat(listed, ignore_index=True) if listed else pd.DataFrame({name: [] for name in FEATURE_COLUMNS})
    values, features = typed(values, NUMBERS), typed(features, NUMBERS)
    targets = {
        item.id: rules.targets.of(item.id, city_class.size, city_class.rank_group) for item in rules.system.indicators
    }
    centre = shapely.MultiPolygon(list(city.scope.polygons)).centroid
    problems = list_problems(values, features, rules, targets, centre)
    problems = problems.set_crs(snapshot.crs)
    problems = problems.astype(
        {name: "string" for name in problems.columns if name not in {"count", "x", "y", "geometry"}}
    )
    actions = typed(list_actions(problems, rules), frozenset())
    meta = describe_run(rules, city, values, city_class)
    meta["declared"] = declared_source
    return write_run(folder, RunTables(values, features, problems, actions, meta))


def class_of(facts: dict[str, str | float | int], rules: Ruleset) -> CityClass:
    """Return the size class and rank group of a city; official words for the size are understood too."""
    size = str(facts.get("size_class", "") or "")
    words = {word: name for name, word in rules.cities.sizes.items()}
    rank = str(facts.get("rank", "") or "")
    return CityClass(words.get(size, size), rules.cities.rank_group(rank))
