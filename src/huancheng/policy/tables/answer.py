"""What a decision table answers, with its whole trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from huancheng.policy.conditions.describe import say_part, say_value
from huancheng.policy.conditions.model import Part
from huancheng.policy.facts import FactCatalogue, Facts
from huancheng.policy.pack.collection import AppliedChange
from huancheng.policy.tables.model import Row, Table

Status = Literal["decided", "needs_data", "conflict"]

ADVICE = "本结论仅供参考，以主管部门的答复为准"
"""Stands on every answer: it is advice until the competent bureau has answered."""


class Rejected(NamedTuple):
    """A row that does not apply and the first of its conditions that fails."""

    row: Row
    part: Part


class Beaten(NamedTuple):
    """A row that matches and gives way to another."""

    row: Row
    by: Row


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a table about one case.

    Parameters
    ----------
    table
        The table asked.
    status
        `decided`, `needs_data`, or `conflict` for a person to settle.
    rows
        Rows that stand. With `needs_data` these hold whatever the missing facts turn out to be.
    missing
        Unknown facts that would settle the case.
    open_rows
        Rows the missing facts leave open.
    rejected
        Rows that fail, each with its first failing condition.
    beaten
        Rows that match and give way.
    bound
        For accumulating tables: results still allowed.
    reason
        Why there is a conflict.
    facts
        The facts used, derived ones included.
    """

    table: Table
    status: Status
    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    open_rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    beaten: tuple[Beaten, ...]
    bound: tuple[str, ...] | None
    reason: str
    facts: Facts

    @property
    def outcome(self) -> str:
        """The outcome of a decided single-answer table; empty otherwise."""
        return self.rows[0].outcome if self.status == "decided" and len(self.rows) == 1 else ""

    @property
    def strength(self) -> Literal["firm", "default"]:
        """Whether every row the answer rests on is verified policy or law."""
        return "firm" if self.rows and all(row.is_firm for row in self.rows) else "default"

    @property
    def escalate(self) -> tuple[str, ...]:
        """Bodies or procedures the case must go to, joined over the rows that stand."""
        return tuple(dict.fromkeys(item for row in self.rows for item in row.escalate))

    @property
    def block(self) -> tuple[str, ...]:
        """What must be done first, joined over the rows that stand."""
        return tuple(dict.fromkeys(item for row in self.rows for item in row.block))

    @property
    def documents(self) -> tuple[str, ...]:
        """Papers required, joined over the rows that stand."""
        return tuple(dict.fromkeys(item for row in self.rows for item in row.documents))

    @property
    def cites(self) -> tuple[str, ...]:
        """References of the rows that stand; where none stands, of the open rows, else of all rows that failed."""
        rows = self.rows or self.open_rows or tuple(item.row for item in self.rejected)
        return tuple(dict.fromkeys(cite for row in rows for cite in row.cites))

    def as_dict(
        self,
        catalogue: FactCatalogue,
        cite: Callable[[str], dict[str, Any]],
        competent: str,
        changes: tuple[AppliedChange, ...] = (),
    ) -> dict[str, Any]:
        """Return the answer for `--json`.

        Parameters
        ----------
        catalogue
            For the official names of facts.
        cite
            Turns a reference into its citation.
        competent
            Name of the body whose answer decides.
        changes
            Changes child packs made to the table, shown with the answer.
        """
        return {
            "table": self.table.id,
            "title": self.table.title,
            "status": self.status,
            "reason": self.reason,
            "outcomes": [_row_dict(row) for row in self.rows],
            "bound": None if self.bound is None else list(self.bound),
            "escalate": list(self.escalate),
            "block": list(self.block),
            "documents": list(self.documents),
            "never_waived": list(self.table.never_waived),
            "citations": [cite(reference) for reference in self.cites],
            "missing": list(self.missing),
            "missing_titles": [catalogue.facts[name].title for name in self.missing],
            "open": [row.id for row in self.open_rows],
            "rejected": [self._rejected_dict(item, catalogue) for item in self.rejected],
            "beaten": [{"row": item.row.id, "by": item.by.id} for item in self.beaten],
            "strength": self.strength,
            "advice": ADVICE,
            "competent": competent,
            "facts": {name: say_value(value) for name, value in self.facts.items()},
            "changes": [change.as_dict() for change in changes],
        }

    def _rejected_dict(self, item: Rejected, catalogue: FactCatalogue) -> dict[str, Any]:
        facts = tuple(dict.fromkeys(test.fact for test in item.part.tests()))
        return {
            "row": item.row.id,
            "needs": say_part(item.part, catalogue),
            "facts": {name: say_value(self.facts.get(name)) for name in facts},
        }


def _row_dict(row: Row) -> dict[str, Any]:
    return {
        "row": row.id,
        "outcome": row.outcome,
        "text": row.text,
        "values": dict(row.values),
        "documents": list(row.documents),
        "cites": list(row.cites),
        "basis": row.basis.value,
        "certainty": row.certainty.value,
        "firm": row.is_firm,
        "urgent": row.urgent,
        "note": row.note,
    }
