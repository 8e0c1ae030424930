"""Instruments and the routes they take, as they stand in a pack."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.facts import exact
from huancheng.policy.pack import Entry, PackModel


class StepKind(StrEnum):
    """What happens in a step."""

    DESIGNATE = "designate"
    COMPILE = "compile"
    SUBMIT = "submit"
    SURVEY = "survey"
    APPRAISE = "appraise"
    CONSULT = "consult"
    COUNTERSIGN = "countersign"
    LETTER_REVIEW = "letter_review"
    NOTICE = "notice"
    HEARING = "hearing"
    LEGALITY_REVIEW = "legality_review"
    RISK_ASSESSMENT = "risk_assessment"
    EXPERT_REVIEW = "expert_review"
    REVIEW = "review"
    DELIBERATE = "deliberate"
    APPROVE = "approve"
    FILE = "file"
    CONFIRM = "confirm"
    IMPLEMENT = "implement"

    @property
    def official(self) -> str:
        """The official word."""
        return _TITLES[self]

    @property
    def judges(self) -> bool:
        """Whether the step ends in a yes or no of a body with power."""
        return self in _JUDGING


_TITLES = {
    StepKind.DESIGNATE: "指定",
    StepKind.COMPILE: "编制",
    StepKind.SUBMIT: "报送",
    StepKind.SURVEY: "调查",
    StepKind.APPRAISE: "评估",
    StepKind.CONSULT: "征求意见",
    StepKind.COUNTERSIGN: "会签",
    StepKind.LETTER_REVIEW: "函审",
    StepKind.NOTICE: "公示",
    StepKind.HEARING: "听证",
    StepKind.LEGALITY_REVIEW: "合法性审查",
    StepKind.RISK_ASSESSMENT: "风险评估",
    StepKind.EXPERT_REVIEW: "专家论证",
    StepKind.REVIEW: "审核",
    StepKind.DELIBERATE: "审议",
    StepKind.APPROVE: "批准",
    StepKind.FILE: "备案",
    StepKind.CONFIRM: "确认",
    StepKind.IMPLEMENT: "实施",
}
_JUDGING = frozenset(
    {
        StepKind.REVIEW,
        StepKind.DELIBERATE,
        StepKind.APPROVE,
        StepKind.CONFIRM,
        StepKind.LEGALITY_REVIEW,
        StepKind.EXPERT_REVIEW,
        StepKind.COUNTERSIGN,
        StepKind.LETTER_REVIEW,
    }
)


class VoteRule(PackModel):
    """How a committee decides.

    Parameters
    ----------
    present
        Share of the seats (recused ones left out) that must take part, at least.
    approve
        Share of those voting that must agree.
    strict
        Whether the share must be exceeded rather than reached.
    of
        Whether the share counts those present or all seats.
    basis
        Whose rule that is; the policy sets no votes.
    """

    present: str = "2/3"
    approve: str = "1/2"
    strict: bool = True
    of: Literal["present", "seats"] = "present"
    basis: Basis = Basis.DEFAULT

    @model_validator(mode="after")
    def _shares_are_numbers(self) -> Self:
        for share in (self.present, self.approve):
            if not 0 <= exact(share) <= 1:
                raise ValueError(f"the share {share!r} does not lie between 0 and 1")
        return self

    def passes(self, *, yes: int, present: int, seats: int) -> bool:
        """Whether a vote carries; counted in whole votes, exactly."""
        if present < exact(self.present) * seats or present == 0:
            return False
        wanted = exact(self.approve) * (present if self.of == "present" else seats)
        return yes > wanted if self.strict else yes >= wanted


class Step(PackModel):
    """One step of a route.

    Parameters
    ----------
    id
        Name, unique in the route.
    kind
        What happens.
    body
        Body or role that acts.
    on_behalf
        For a filing or submission: body or role that sends the papers.
    gate
        Whether later steps wait until this one has passed; otherwise they wait until it is done.
    holds
        False where later steps need not wait for it at all.
    group
        Steps of one group run in parallel.
    when
        Condition under which the step is taken.
    optional
        Whether it may be left out without a reason.
    days
        Time allowed, or for notices the shortest time.
    day_kind
        Working days or calendar days.
    days_basis
        Whose number that is.
    silence
        What no answer in time means.
    vote
        How a committee decides.
    documents
        Papers needed.
    cites
        Requirements and provisions.
    """

    id: str
    kind: StepKind
    body: str
    on_behalf: str = ""
    gate: bool = False
    holds: bool = True
    group: str = ""
    when: dict[str, Any] = Field(default_factory=dict)
    optional: bool = False
    days: int | None = Field(default=None, ge=0)
    day_kind: Literal["working", "calendar"] = "working"
    days_basis: Basis = Basis.DEFAULT
    silence: Literal["nothing", "no_objection"] = "nothing"
    vote: VoteRule | None = None
    documents: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    basis: Basis
    certainty: Certainty
    note: str = ""

    @property
    def is_minimum(self) -> bool:
        """Whether `days` is the shortest time (a notice must hang so long) rather than the longest."""
        return self.kind is StepKind.NOTICE


class Precondition(PackModel):
    """What must be so before a case can begin.

    Parameters
    ----------
    id
        Name, unique in the route.
    instrument
        Instrument that must have got so far; empty for another fact.
    state
        How far: `approved` (its approve step has passed), `cleared` (every gate has passed, a review or filing after
        the approval included) or `finished`.
    text
        The condition in words.
    when
        Condition under which it applies.
    """

    id: str
    instrument: str = ""
    state: Literal["approved", "cleared", "finished"] = "approved"
    text: str
    when: dict[str, Any] = Field(default_factory=dict)
    cites: tuple[str, ...] = ()
    basis: Basis
    certainty: Certainty


class Carried(PackModel):
    """What becomes of a step already passed when a case moves to this route from another."""

    step: str
    becomes: str = ""
    """Step of this route it counts as; empty where the result is void."""
    reason: str


class Rerouting(PackModel):
    """How a case moves here from another route, after an act of recognition only."""

    from_route: str
    carried: tuple[Carried, ...] = ()
    basis: Basis
    certainty: Certainty


class Route(Entry):
    """The way an instrument takes to its end.

    Parameters
    ----------
    title
        Name readers see.
    instrument
        Id of the instrument.
    when
        Condition on jurisdiction and recognitions that selects the route.
    preconditions
        What must be so first.
    steps
        The steps, in order.
    rerouting
        How a running case of another route comes here.
    cites
        Requirements and provisions the route as a whole rests on.
    """

    title: str
    instrument: str
    when: dict[str, Any] = Field(default_factory=dict)
    preconditions: tuple[Precondition, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    rerouting: tuple[Rerouting, ...] = ()
    cites: tuple[str, ...] = ()

    def step(self, name: str) -> Step:
        """Return a step by id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for step in self.steps:
            if step.id == name:
                return step
        raise KeyError(name)

    @model_validator(mode="after")
    def _groups_stand_together(self) -> Self:
        seen: list[str] = []
        for step in self.steps:
            if step.group and step.group in seen and seen[-1] != step.group:
                raise ValueError(f"step {step.id}: the group {step.group!r} is interrupted by other steps")
            seen.append(step.group)
        return self


class Instrument(Entry):
    """A kind of paper or decision that takes a route: a plan, a scheme, a recognition.

    Parameters
    ----------
    title
        Official name; accepted on the command line.
    aliases
        Other names accepted.
    scope
        What one of it is about.
    contents
        Parts it must contain before it can be submitted.
    annexes
        Parts required by our default.
    """

    title: str
    aliases: tuple[str, ...] = ()
    scope: Literal["city", "jurisdiction", "unit", "project", "building", "household"]
    contents: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names accepted."""
        return (self.id, self.title, *self.aliases)
