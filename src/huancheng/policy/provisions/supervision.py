"""Supervision as a pack tells it: stages, lights, escalation, bulletin and assessment."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack import PackModel

_WHOLE = 100


class Stage(PackModel):
    """One stage of a project's life, with its exit, its evidence and the calendar days it may take."""

    number: int
    title: str
    exit: str
    evidence: tuple[str, ...]
    days: int = Field(ge=0)
    cites: tuple[str, ...] = ()


class Light(PackModel):
    """Limits of one light; an item turns to it when any limit is passed.

    Parameters
    ----------
    light
        `yellow` or `red`; what passes none is green.
    days_late_over
        More days late than this.
    schedule_index_below, paid_share_below
        Actual to planned progress, paid to planned money.
    missed_returns
        Returns not given in a row.
    triggers
        Single facts that suffice.
    """

    light: Literal["yellow", "red"]
    days_late_over: int
    schedule_index_below: float
    paid_share_below: float
    missed_returns: int
    triggers: tuple[str, ...] = ()


class Escalation(PackModel):
    """What follows a light: an act, drafted by the program and signed by a person."""

    when: str
    act: str
    signer: str
    reply_workdays: int | None = None
    rectify_workdays: int | None = None
    cites: tuple[str, ...] = ()


class Metric(PackModel):
    """One figure of the bulletin with its weight of a hundred."""

    title: str
    weight: int
    formula: str


class AssessmentBranch(PackModel):
    """One branch of the yearly assessment; the weights of its items add up to its own."""

    title: str
    weight: int
    items: dict[str, int]

    @model_validator(mode="after")
    def _items_add_up(self) -> Self:
        if sum(self.items.values()) != self.weight:
            raise ValueError(f"the items of {self.title} add up to {sum(self.items.values())}, not to {self.weight}")
        return self


class Assessment(PackModel):
    """The yearly assessment and whom it covers."""

    title: str
    covers: tuple[str, ...]
    covers_by_default: tuple[str, ...] = ()
    scored_by: str
    branches: tuple[AssessmentBranch, ...]
    deductions: tuple[str, ...] = ()


class Supervision(PackModel):
    """All of `supervision.yaml`; the policy fixes that there is supervision, never period, weight or light.

    Parameters
    ----------
    basis, certainty
        Whose words all of it is, and how it is known.
    periods
        How often there are statistics, inspections, bulletins, reports and assessments.
    stages
        Stages of a project's life, numbered from 1.
    lights
        Limits of the yellow and the red light.
    schedule_index
        What the index of actual to planned progress is.
    on_hold
        What becomes of a project that is on hold by written decision.
    escalation
        What follows a light.
    close_rule
        What closes an order to rectify.
    monthly_columns
        Columns of the monthly return.
    ranked
        Who is ranked in the quarterly bulletin.
    metrics
        Figures of the bulletin.
    ranking
        How ranks are given and published.
    assessment
        The yearly assessment.
    objection_workdays
        Working days in which a rank may be objected to.
    """

    basis: Basis
    certainty: Certainty
    periods: dict[str, str]
    stages: tuple[Stage, ...]
    lights: tuple[Light, ...]
    schedule_index: str
    on_hold: str
    escalation: tuple[Escalation, ...]
    close_rule: str
    monthly_columns: tuple[str, ...]
    ranked: tuple[str, ...]
    metrics: tuple[Metric, ...]
    ranking: str
    assessment: Assessment
    objection_workdays: int

    @model_validator(mode="after")
    def _weights_add_up(self) -> Self:
        for name, total in (
            ("metrics", sum(item.weight for item in self.metrics)),
            ("assessment", sum(item.weight for item in self.assessment.branches)),
        ):
            if total != _WHOLE:
                raise ValueError(f"the weights of {name} add up to {total}, not to {_WHOLE}")
        if [stage.number for stage in self.stages] != list(range(1, len(self.stages) + 1)):
            raise ValueError("the stages are not numbered 1, 2, 3 …")
        return self
