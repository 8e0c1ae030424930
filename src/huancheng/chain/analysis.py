"""From a city to its check-ups, each step timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from huancheng.chain.source import City
from huancheng.checkup import CheckupRun, CityContext, load_ruleset, run_checkup
from huancheng.city.snapshot import Snapshot

DEFAULT_SYSTEMS = ("national-2022", "national-2023")
DEFAULT_PACK = "national"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain and the seconds it took."""

    name: str
    seconds: float


@dataclass
class Steps:
    """Times steps in the order they are done."""

    done: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        begun = time.perf_counter()
        yield
        self.done.append(Step(name, time.perf_counter() - begun))


@dataclass(frozen=True)
class ChainResult:
    """What the chain has made.

    Parameters
    ----------
    snapshot
        The city.
    runs
        One finished check-up for each system, in the order asked for.
    steps
        What was done and how long it took.
    """

    snapshot: Snapshot
    runs: tuple[CheckupRun, ...]
    steps: tuple[Step, ...]


def run_chain(
    city: City,
    folder: Path,
    systems: Sequence[str] = DEFAULT_SYSTEMS,
    *,
    pack: str = DEFAULT_PACK,
    say: Callable[[str], None] = lambda _: None,
) -> ChainResult:
    """Take a city through the analysis: snapshot, then a check-up under each system.

    Parameters
    ----------
    city
        Where the city comes from.
    folder
        Folder for `snapshot` and `checkup/<system>`; neither may hold files.
    systems
        Names of indicator systems.
    pack
        Pack to read the law from.
    say
        Told what is being done, for a progress display.

    Raises
    ------
    huancheng.evidence.InputFault
        If a system is not known (said before anything is built), or the city or the folder can't be used.
    """
    rules = [load_ruleset(name, pack) for name in systems]
    steps = Steps()
    folder.mkdir(parents=True, exist_ok=True)
    with steps.step("snapshot"):
        snapshot = city.open(folder / "snapshot", say)
    runs = []
    # Systems of one pack find land alike, so one reading of the city serves them all.
    context = CityContext(snapshot, rules[0].land) if rules else None
    for item in rules:
        with steps.step(f"checkup {item.system.id}"):
            say(f"checking up under {item.system.id}")
            runs.append(
                run_checkup(
                    snapshot, item.system.id, folder / "checkup" / item.system.id, pack=pack, city=context, progress=say
                )
            )
    return ChainResult(snapshot, tuple(runs), tuple(steps.done))
