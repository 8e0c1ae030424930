"""What the API takes and says, as types: its reference is made from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field


class Fault(Schema):
    """Why something could not be done."""

    error: str = Field(description="What is wrong, in one sentence")
    field: str = Field(default="", description="Which field it is about")
    cure: str = Field(default="", description="What to do about it")


class CaseShort(Schema):
    """A case in a list."""

    id: int
    number: str
    title: str
    instrument: str = Field(description="Id in the pack")
    jurisdiction: str = Field(description="Id in the pack")
    subject: int
    status: str = Field(description="open, finished, refused or withdrawn")
    approved: bool
    cleared: bool
    opened_on: date
    back_entered: bool = Field(description="Whether any of it was entered afterwards (补录)")
    round: int
    version: int = Field(description="Send it back as `expected` with an act")
    updated_at: datetime


class CasePage(Schema):
    """A stretch of a list of cases."""

    total: int
    items: list[CaseShort]


class StepOut(Schema):
    """A step of a case."""

    id: str
    kind: str
    body: str
    status: str
    gate: bool
    ready_on: date | None
    ended_on: date | None
    due_on: date | None
    on_time: bool | None
    back_entered: bool
    paper: str
    basis: str = Field(description="seed (the policy's words), law, or default")
    cites: list[str]


class RightOut(Schema):
    """An act the caller may do now."""

    act: str
    step: str


class CaseOut(CaseShort):
    """A case with its route."""

    route: str
    pack: str = Field(description="Digest of the pack it began under")
    facts: dict[str, Any]
    missing_preconditions: list[str]
    steps: list[StepOut]
    rights: list[RightOut]


class EntryOut(Schema):
    """An entry of a case's log."""

    sequence: int
    code: str
    at: datetime
    day: date
    actor: int | None
    body: int | None
    on_behalf_of: int | None
    data: dict[str, Any]
    words: str
    digest: str


class TaskOut(Schema):
    """A step that waits."""

    case: int
    number: str
    title: str
    step: str
    kind: str
    body: str
    status: str
    ready_on: date
    due_on: date | None
    provisional: bool


class TaskPage(Schema):
    """A stretch of the worklist."""

    total: int
    items: list[TaskOut]


class BodyOut(Schema):
    """A body."""

    id: int
    name: str
    kind: str
    level: str
    jurisdiction: str
    parent: int | None
    acts_through: int | None
    active: bool


class InstrumentOut(Schema):
    """An instrument of the pack in force."""

    id: str
    title: str
    scope: str
    contents: list[str]
    annexes: list[str]


class OpenIn(Schema):
    """A case to be opened."""

    instrument: str = Field(description="Id, official name or alias")
    subject: int
    title: str = Field(default="", max_length=240)
    facts: dict[str, Any] = Field(default_factory=dict)


class RouteIn(Schema):
    """What is known of a case whose route is asked for."""

    facts: dict[str, Any] = Field(default_factory=dict)


class Moved(Schema):
    """Where a case stands after an act."""

    case: int
    status: str
    version: int
    waiting: list[str] = Field(description="Ids of the steps that wait now")


class ActIn(Schema):
    """What every act may carry."""

    expected: int | None = Field(default=None, description="Version you saw; a case that moved since answers 409")
    words: str = Field(default="", max_length=20_000, description="Opinion, reason or remark")


class CompleteIn(ActIn):
    """The end of a step that judges nothing."""

    paper: str = Field(default="", max_length=120)
    day: date | None = None


class VoteIn(Schema):
    """Votes counted; recused members count neither as seats nor as present."""

    yes: int = Field(ge=0)
    present: int = Field(ge=0)
    seats: int = Field(ge=0)
    recused: int = Field(default=0, ge=0)


class DecideIn(CompleteIn):
    """A yes or no, or votes where the route sets a vote."""

    passed: bool | None = None
    vote: VoteIn | None = None


class RecordIn(ActIn):
    """What a meeting or a red-headed document decided."""

    paper: str = Field(max_length=120)
    document_day: date
    passed: bool | None = None
    vote: VoteIn | None = None


class ReturnIn(ActIn):
    """A return to an earlier step."""

    to: str


class DelegateIn(ActIn):
    """A step given to another body."""

    to: int = Field(description="Id of the body")
    paper: str = Field(max_length=120)


class HandOverIn(ActIn):
    """A task given to a colleague."""

    to: int = Field(description="Id of the person")


class FactsIn(ActIn):
    """Facts that became known."""

    facts: dict[str, Any]


class PreconditionIn(ActIn):
    """What shows that a precondition is met: another case, or a paper."""

    by: int | None = None
    paper: str = Field(default="", max_length=120)


class RecogniseIn(ActIn):
    """An act of recognition."""

    fact: str
    paper: str = Field(max_length=120)
    day: date | None = None


class PastStepIn(Schema):
    """A step that was carried out on paper."""

    step: str
    day: date
    paper: str = Field(max_length=120)
    passed: bool | None = None
    vote: VoteIn | None = None


class BackEnterIn(ActIn):
    """A whole past, step by step."""

    past: list[PastStepIn] = Field(min_length=1, max_length=100)


class CommentIn(Schema):
    """A remark."""

    words: str = Field(min_length=1, max_length=20_000)
    step: str = ""
