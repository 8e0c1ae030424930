"""What happens to a case: the only thing its state is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """Kinds of event."""

    OPENED = "opened"
    PRECONDITION_MET = "precondition_met"
    FACTS_STATED = "facts_stated"
    COMPLETED = "completed"
    """A step that judges nothing is done: compiled, noticed, consulted, filed."""
    DECIDED = "decided"
    """A body with power said yes or no, or voted."""
    LAPSED = "lapsed"
    """Nobody answered in time, which the pack takes as no objection."""
    SKIPPED = "skipped"
    RETURNED = "returned"
    CORRECTION_REQUESTED = "correction_requested"
    CORRECTION_SUPPLIED = "correction_supplied"
    DELEGATED = "delegated"
    WITHDRAWN = "withdrawn"
    RESUBMITTED = "resubmitted"
    RECOGNISED = "recognised"
    BACK_ENTERED = "back_entered"
    CALENDAR_ADOPTED = "calendar_adopted"


@dataclass(frozen=True, slots=True)
class Vote:
    """Votes counted; recused members count neither as seats nor as present."""

    yes: int
    present: int
    seats: int
    recused: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Parameters
    ----------
    kind
        What.
    day
        The day it took effect: the date of the paper, not of its entry.
    step
        Step it concerns.
    passed
        For a decision without a vote: yes or no.
    vote
        For a decision by vote.
    to
        Step returned to, body delegated to, fact recognised, precondition met.
    paper
        Number of the paper that shows it.
    reason
        Why.
    facts
        Facts stated, by id; with `opened` also those that selected the route.
    route, jurisdiction, pack
        With `opened`: route and jurisdiction ids, and the pack's digest.
    editions
        With `opened` and `calendar_adopted`: calendar edition by year.
    entered_on
        Day of entry, where it differs from `day`.
    """

    kind: EventKind
    day: date
    step: str = ""
    passed: bool | None = None
    vote: Vote | None = None
    to: str = ""
    paper: str = ""
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    route: str = ""
    jurisdiction: str = ""
    pack: str = ""
    editions: Mapping[int, str] = field(default_factory=dict)
    entered_on: date | None = None
