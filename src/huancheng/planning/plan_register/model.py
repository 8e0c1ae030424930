"""Plans that others must agree with, and what the natural-resources bureau wrote (六(一))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class PlanKind(StrEnum):
    """What a plan is."""

    MASTER = "master"
    REGULATORY = "regulatory"
    SPECIAL = "special"
    UNIT = "unit"

    @property
    def label(self) -> str:
        """The official word."""
        return _KINDS[self]


_KINDS = {
    PlanKind.MASTER: "国土空间总体规划",
    PlanKind.REGULATORY: "控制性详细规划",
    PlanKind.SPECIAL: "专项规划",
    PlanKind.UNIT: "更新单元规划",
}


class PlanState(StrEnum):
    """Where a plan stands."""

    COMPILING = "compiling"
    APPROVED = "approved"
    REVISING = "revising"
    REPEALED = "repealed"

    @property
    def label(self) -> str:
        """The official word."""
        return _STATES[self]

    @property
    def binds(self) -> bool:
        """Whether others must agree with it: a plan under revision holds until the new one is approved."""
        return self in (PlanState.APPROVED, PlanState.REVISING)


_STATES = {
    PlanState.COMPILING: "编制中",
    PlanState.APPROVED: "已批准",
    PlanState.REVISING: "修编中",
    PlanState.REPEALED: "已废止",
}


class Conclusion(StrEnum):
    """What an opinion says."""

    CONFORMS = "conforms"
    CONDITIONAL = "conditional"
    CONFLICTS = "conflicts"

    @property
    def label(self) -> str:
        """The official word."""
        return _CONCLUSIONS[self]


_CONCLUSIONS = {
    Conclusion.CONFORMS: "符合",
    Conclusion.CONDITIONAL: "有条件符合",
    Conclusion.CONFLICTS: "不符合",
}


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlanRecord(_Record):
    """One plan; its layers belong to the natural-resources bureau.

    Parameters
    ----------
    id, title
        Key, and the official name.
    kind, state
        What it is and where it stands.
    jurisdiction
        Who it is for; empty for the whole city.
    number
        Number of the approval (文号).
    approved_on, evaluated_on, evaluate_by
        Days of approval, last evaluation, next evaluation due.
    evaluation
        What the last evaluation found.
    trigger
        What would make it be revised.
    layer
        File of its polygons, relative to the register, `#layer` after a GeoPackage's name. Empty: no layer was given.
    owner
        Whose layer it is.
    """

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    kind: PlanKind
    state: PlanState
    jurisdiction: str = ""
    number: str = ""
    approved_on: date | None = None
    evaluated_on: date | None = None
    evaluate_by: date | None = None
    evaluation: str = ""
    trigger: str = ""
    layer: str = ""
    owner: str = "自然资源和规划主管部门"

    @model_validator(mode="after")
    def _approved_with_number(self) -> Self:
        if self.state.binds and not self.number:
            message = "an approved plan needs the number of its approval"
            raise ValueError(message)
        return self

    def evaluation_due(self, day: date) -> bool:
        """Whether its next evaluation is overdue on a day."""
        return self.state.binds and self.evaluate_by is not None and self.evaluate_by < day


class BureauOpinion(_Record):
    """A written opinion of the bureau on whether a subject agrees with a plan; it outranks our overlay.

    Parameters
    ----------
    subject
        Id of the unit or special plan it speaks of.
    plan
        Id of the plan it was measured against; empty for all.
    conclusion, says
        What it says.
    number, given_on
        Number and day of the document.
    """

    subject: str = Field(min_length=1)
    plan: str = ""
    conclusion: Conclusion
    number: str = Field(min_length=1)
    given_on: date
    says: str = ""


@dataclass(frozen=True)
class PlanRegister:
    """All plans and opinions.

    Parameters
    ----------
    plans, opinions
        In the order of the file.
    """

    plans: tuple[PlanRecord, ...] = ()
    opinions: tuple[BureauOpinion, ...] = field(default=())

    def __iter__(self) -> Iterator[PlanRecord]:
        """Yield the plans."""
        return iter(self.plans)

    def binding(self, *kinds: PlanKind, jurisdiction: str = "") -> tuple[PlanRecord, ...]:
        """Return the plans of these kinds that bind in a jurisdiction; the city's plans bind everywhere."""
        return tuple(
            plan
            for plan in self.plans
            if plan.kind in kinds and plan.state.binds and plan.jurisdiction in ("", jurisdiction)
        )

    def opinion(self, subject: str, plan: str) -> BureauOpinion | None:
        """Return the newest opinion on a subject against a plan; one against the very plan goes before one on all."""
        found = [item for item in self.opinions if item.subject == subject and item.plan in ("", plan)]
        return max(found, key=lambda item: (item.plan == plan, item.given_on), default=None)
