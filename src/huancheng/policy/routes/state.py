"""Where a case stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from huancheng.policy.calendar import Pause
from huancheng.policy.conditions.describe import say_value
from huancheng.policy.facts import Facts


class StepStatus(StrEnum):
    """Where a step stands."""

    WAITING = "waiting"
    READY = "ready"
    STOPPED = "stopped"
    """The clock stands until corrected papers come."""
    DONE = "done"
    PASSED = "passed"
    REFUSED = "refused"
    LAPSED = "lapsed"
    """No answer in time: no objection."""
    SKIPPED = "skipped"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens in the step."""
        return self not in (StepStatus.WAITING, StepStatus.READY, StepStatus.STOPPED)

    @property
    def lets_pass(self) -> bool:
        """Whether a gate stands open behind it."""
        return self in (StepStatus.DONE, StepStatus.PASSED, StepStatus.LAPSED, StepStatus.SKIPPED)


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    FINISHED = "finished"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a case.

    Parameters
    ----------
    status
        Where it stands.
    ready_on, ended_on
        Days it began and ended.
    pauses
        When its clock stood.
    delegate
        Body acting by written delegation; empty where the route's body acts.
    back_entered
        Whether its end was entered afterwards; such steps stay out of timeliness figures.
    on_time
        Whether it ended in time; None where no time is set or it was back-entered.
    paper
        Number of the paper that shows its end.
    """

    status: StepStatus = StepStatus.WAITING
    ready_on: date | None = None
    ended_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    delegate: str = ""
    back_entered: bool = False
    on_time: bool | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case: the fold of its events.

    Parameters
    ----------
    route, jurisdiction
        Ids.
    pack
        Digest of the pack it began under.
    status
        Where it stands.
    opened_on
        Day it was opened.
    facts
        Facts known.
    editions
        Calendar edition by year it counts with.
    steps
        Steps by id.
    met
        Preconditions met, with the paper; `back_entered` shows as a leading 补录.
    round
        1, and one more after each resubmission or return.
    earlier_routes
        Routes it left by recognition.
    """

    route: str
    jurisdiction: str
    pack: str
    status: CaseStatus
    opened_on: date
    facts: Facts
    editions: Mapping[int, str]
    steps: Mapping[str, StepState] = field(default_factory=dict)
    met: Mapping[str, str] = field(default_factory=dict)
    round: int = 1
    earlier_routes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the state as plain data in a fixed order, for storing and comparing."""
        return {
            "route": self.route,
            "jurisdiction": self.jurisdiction,
            "pack": self.pack,
            "status": self.status.value,
            "opened_on": self.opened_on.isoformat(),
            "facts": {name: say_value(self.facts[name]) for name in sorted(self.facts)},
            "editions": {str(year): self.editions[year] for year in sorted(self.editions)},
            "steps": {name: _step_dict(step) for name, step in self.steps.items()},
            "met": dict(sorted(self.met.items())),
            "round": self.round,
            "earlier_routes": list(self.earlier_routes),
        }


def _step_dict(step: StepState) -> dict[str, Any]:
    return {
        "status": step.status.value,
        "ready_on": step.ready_on.isoformat() if step.ready_on else None,
        "ended_on": step.ended_on.isoformat() if step.ended_on else None,
        "pauses": [[stop.isoformat(), resume.isoformat() if resume else None] for stop, resume in step.pauses],
        "delegate": step.delegate,
        "back_entered": step.back_entered,
        "on_time": step.on_time,
        "paper": step.paper,
    }
