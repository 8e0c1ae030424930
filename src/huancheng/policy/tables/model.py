"""Decision tables as they stand in a pack."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack import Entry, PackModel


class HitPolicy(StrEnum):
    """Which of the matching rows count."""

    UNIQUE = "unique"
    """Exactly one row may match."""
    FIRST = "first"
    """The first matching row wins."""
    COLLECT = "collect"
    """Every matching row stands."""
    PRIORITY = "priority"
    """An exception beats the rule it names; then the highest priority wins."""
    ACCUMULATE = "accumulate"
    """Every matching row applies: bounds intersect, escalations join; an empty bound is a conflict."""


class Row(PackModel):
    """One rule.

    Parameters
    ----------
    id
        Name, unique in the table.
    when
        Condition; empty always holds.
    outcome
        Short name of the result; empty for rows that only bound or escalate.
    text
        The result in an officer's words.
    values
        Further typed results.
    documents
        Papers the applicant must bring.
    cites
        Requirements (`7.1-3`) and law provisions (`civil-code/278`) the rule rests on.
    priority
        For priority tables: greater wins.
    exception_to
        For priority tables: rows this one beats when both match.
    bound
        For accumulating tables: results still allowed.
    escalate
        For accumulating tables: bodies or procedures the case must go to.
    block
        For accumulating tables: what must be done first.
    urgent
        Whether the case may not wait.
    """

    id: str
    when: dict[str, Any] = Field(default_factory=dict)
    outcome: str = ""
    text: str
    values: dict[str, str | int | float | bool] = Field(default_factory=dict)
    documents: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    basis: Basis
    certainty: Certainty
    effective_from: date | None = None
    effective_to: date | None = None
    priority: int = 0
    exception_to: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    escalate: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    urgent: bool = False
    note: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether the rule is the policy's or a law's own, and verified."""
        return self.basis is not Basis.DEFAULT and not self.certainty.needs_badge

    def in_force(self, day: date) -> bool:
        """Whether the rule applies on `day`."""
        after_start = self.effective_from is None or self.effective_from <= day
        return after_start and (self.effective_to is None or day <= self.effective_to)


class Table(Entry):
    """A decision table.

    Parameters
    ----------
    title
        Official name; accepted on the command line.
    aliases
        Other names accepted.
    hit
        Hit policy.
    inputs
        Facts the table asks for, in the order an officer fills them in.
    results
        For accumulating tables: all results there are.
    never_waived
        Duties no row can waive.
    competent
        Role or body whose answer decides; until then the table's answer is advice.
    open_reason
        Why the table may leave cases uncovered; empty means it must cover all.
    rows
        The rules, in order.
    """

    title: str
    aliases: tuple[str, ...] = ()
    hit: HitPolicy
    inputs: tuple[str, ...] = Field(min_length=1)
    results: tuple[str, ...] = ()
    never_waived: tuple[str, ...] = ()
    competent: str
    open_reason: str = ""
    rows: tuple[Row, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        ids = [row.id for row in self.rows]
        for row in self.rows:
            if row.exception_to and self.hit is not HitPolicy.PRIORITY:
                raise ValueError(f"row {row.id}: exception_to needs hit: priority")
            if (row.bound or row.escalate or row.block) and self.hit is not HitPolicy.ACCUMULATE:
                raise ValueError(f"row {row.id}: bound, escalate and block need hit: accumulate")
            for other in row.exception_to:
                if other not in ids or other == row.id:
                    raise ValueError(f"row {row.id}: exception_to names {other!r}, which is no other row of the table")
            for result in row.bound:
                if result not in self.results:
                    raise ValueError(f"row {row.id}: bound names {result!r}, which is not among the table's results")
        return self
