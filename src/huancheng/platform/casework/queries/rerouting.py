"""What a recognition did to the route of a case, explained: which results carry over, which are void, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huancheng.evidence import Basis
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.queries.case_names import CaseNames
from huancheng.platform.casework.queries.history import words_of
from huancheng.platform.casework.queries.route_line import basis_words
from huancheng.policy.routes.state import StepStatus


@dataclass(frozen=True, slots=True)
class CarriedStep:
    """What became of a step that was over.

    Parameters
    ----------
    step
        Word for it.
    becomes
        Word for the step it counts as now; empty where it is void.
    reason
        Why.
    """

    step: str
    becomes: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rerouted:
    """One change of route.

    Parameters
    ----------
    day
        Day of the recognition.
    recognised
        What was recognised.
    paper
        Its paper.
    grounds
        Its grounds.
    left, entered
        Titles of the routes.
    basis
        Whose rule it is.
    steps
        What became of each step that was carried out.
    """

    day: date
    recognised: str
    paper: str
    grounds: str
    left: str
    entered: str
    basis: str
    steps: Sequence[CarriedStep]


def rerouted(entries: Sequence[LogEntry], names: CaseNames) -> list[Rerouted]:
    """Return the changes of route of a case, newest first."""
    return [_rerouted(entry, names) for entry in reversed(entries) if "rerouted" in entry.data]


def _rerouted(entry: LogEntry, names: CaseNames) -> Rerouted:
    moved, event = entry.data["rerouted"], entry.data["event"]
    steps = [
        CarriedStep(names.step(item["step"]), names.step(item["becomes"]) if item["becomes"] else "", item["reason"])
        for item in moved["steps"]
        if item["status"] != StepStatus.SKIPPED.value
    ]
    return Rerouted(
        entry.day,
        names.fact(event["to"]),
        event["paper"],
        words_of(entry),
        names.route(moved["from"]),
        names.route(moved["to"]),
        basis_words(Basis(moved["basis"])),
        steps,
    )
