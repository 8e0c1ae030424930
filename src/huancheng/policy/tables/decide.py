"""Applying a decision table to one case in three-valued logic, with a full trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huancheng.policy.conditions.derive import Deriver
from huancheng.policy.conditions.model import Condition
from huancheng.policy.facts import Facts
from huancheng.policy.tables.answer import Answer, Beaten, Rejected, Status
from huancheng.policy.tables.model import HitPolicy, Row, Table


@dataclass(frozen=True, slots=True)
class CompiledRow:
    """A row with its typed condition."""

    row: Row
    condition: Condition


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table ready to be applied.

    Parameters
    ----------
    table
        The table.
    rows
        Its rows with typed conditions.
    acts
        Input facts that are acts: absent means not done.
    deriver
        Completes the facts.
    """

    table: Table
    rows: tuple[CompiledRow, ...]
    acts: tuple[str, ...]
    deriver: Deriver

    @property
    def is_dated(self) -> bool:
        """Whether some row is in force for a time only."""
        return any(item.row.effective_from or item.row.effective_to for item in self.rows)

    def as_of(self, day: date) -> CompiledTable:
        """Return the table as it stood on a day: rows not in force are left out."""
        rows = tuple(item for item in self.rows if item.row.in_force(day))
        return self if len(rows) == len(self.rows) else CompiledTable(self.table, rows, self.acts, self.deriver)

    def decide(self, facts: Facts) -> Answer:
        """Apply the table to one case.

        Parameters
        ----------
        facts
            Known facts; what is absent is unknown, except acts, which are then not done.

        Returns
        -------
        Answer
            Status, rows, trace. An unknown fact never lets a row pass.
        """
        full = self.deriver.complete(self._with_acts(facts), self.table.inputs)
        scan = _Scan(self, full)
        scan.sort(until_first=self.table.hit is HitPolicy.FIRST)
        return _DECIDERS[self.table.hit](scan)

    def settle(self, standing: Sequence[int], open_: Sequence[int]) -> Answer:
        """Return the answer where it is known which rows match and which are left open (positions in order).

        For screening: the trace of failed rows and the missing facts stay empty.
        """
        scan = _Scan(self, {})
        scan.standing = [self.rows[position] for position in standing]
        first = min(standing, default=len(self.rows)) if self.table.hit is HitPolicy.FIRST else len(self.rows)
        scan.open_ = [self.rows[position] for position in open_ if position < first]
        return _DECIDERS[self.table.hit](scan)

    def _with_acts(self, facts: Facts) -> Facts:
        undone = {name: False for name in self.acts if name not in facts}
        return {**undone, **facts} if undone else facts


class _Scan:
    """All rows sorted into standing, open and failed ones."""

    __slots__ = ("compiled", "facts", "open_", "rejected", "standing")

    def __init__(self, compiled: CompiledTable, facts: Facts) -> None:
        self.compiled = compiled
        self.facts = facts
        self.standing: list[CompiledRow] = []
        self.open_: list[CompiledRow] = []
        self.rejected: list[Rejected] = []

    def sort(self, *, until_first: bool = False) -> None:
        """Sort rows in order; with `until_first` stop after the first that stands."""
        facts = self.facts
        for item in self.compiled.rows:
            unknown = False
            for part in item.condition.parts:
                truth = part.evaluate(facts)
                if truth is False:
                    self.rejected.append(Rejected(item.row, part))
                    break
                unknown = unknown or truth is None
            else:
                if unknown:
                    self.open_.append(item)
                    continue
                self.standing.append(item)
                if until_first:
                    return

    def missing(self) -> tuple[str, ...]:
        """Return the given facts that are unknown behind the open rows."""
        found: dict[str, None] = {}
        for item in self.open_:
            for name in item.condition.unknown(self.facts):
                found.update(dict.fromkeys(self.compiled.deriver.base(name, self.facts)))
        return tuple(found)

    def answer(
        self,
        status: Status,
        rows: Sequence[Row],
        *,
        reason: str = "",
        beaten: Sequence[Beaten] = (),
        bound: tuple[str, ...] | None = None,
    ) -> Answer:
        open_rows = tuple(item.row for item in self.open_) if status != "decided" else ()
        missing = self.missing() if status == "needs_data" else ()
        return Answer(
            self.compiled.table,
            status,
            tuple(rows),
            missing,
            open_rows,
            tuple(self.rejected),
            tuple(beaten),
            bound,
            reason,
            self.facts,
        )


_NO_ROW = "没有规则适用于这一情形"
_SEVERAL = "多条规则同时适用而结论不同"
_EMPTY = "各项规则允许的处置没有交集"


def _first(scan: _Scan) -> Answer:
    if scan.open_:
        return scan.answer("needs_data", [])
    if not scan.standing:
        return scan.answer("conflict", [], reason=_NO_ROW)
    return scan.answer("decided", [scan.standing[0].row])


def _unique(scan: _Scan) -> Answer:
    rows = [item.row for item in scan.standing]
    if len(rows) > 1:
        return scan.answer("conflict", rows, reason=_SEVERAL)
    if scan.open_:
        return scan.answer("needs_data", [])
    return scan.answer("decided", rows) if rows else scan.answer("conflict", [], reason=_NO_ROW)


def _collect(scan: _Scan) -> Answer:
    return scan.answer("needs_data" if scan.open_ else "decided", [item.row for item in scan.standing])


def _priority(scan: _Scan) -> Answer:
    standing = [item.row for item in scan.standing]
    beaten = {row.id: Beaten(row, by) for by in standing for row in standing if row.id in by.exception_to}
    left = [row for row in standing if row.id not in beaten]
    top = max((row.priority for row in left), default=None)
    winners = [row for row in left if row.priority == top]
    losers = [Beaten(row, winners[0]) for row in left if row.priority != top]
    trace = [*beaten.values(), *losers]
    if any(_could_beat(item.row, standing, winners) for item in scan.open_):
        return scan.answer("needs_data", [], beaten=trace)
    scan.open_.clear()
    if not winners:
        return scan.answer("conflict", [], reason=_NO_ROW, beaten=trace)
    if len({row.outcome for row in winners}) > 1:
        return scan.answer("conflict", winners, reason=_SEVERAL, beaten=trace)
    return scan.answer("decided", winners, beaten=trace)


def _could_beat(row: Row, standing: Sequence[Row], winners: Sequence[Row]) -> bool:
    """Whether an open row could change the result if it turned out to match."""
    if not winners or any(other.id in row.exception_to for other in standing):
        return True
    return row.priority >= winners[0].priority and not any(row.id in winner.exception_to for winner in winners)


def _accumulate(scan: _Scan) -> Answer:
    rows = [item.row for item in scan.standing]
    allowed = scan.compiled.table.results
    for row in rows:
        if row.bound:
            allowed = tuple(result for result in allowed if result in row.bound)
    if not allowed and scan.compiled.table.results:
        return scan.answer("conflict", rows, reason=_EMPTY, bound=())
    return scan.answer("needs_data" if scan.open_ else "decided", rows, bound=allowed)


_DECIDERS = {
    HitPolicy.FIRST: _first,
    HitPolicy.UNIQUE: _unique,
    HitPolicy.COLLECT: _collect,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.ACCUMULATE: _accumulate,
}
