"""Economic analysis and funding sources: a typed table, filled by hand now and by the funding room later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huancheng.evidence import Provenance, Value
from huancheng.planning.unit_form import MoneyLine, UnitForm

COST, INCOME, SOURCE = "支出", "收入", "资金来源"
ROUGH = "匡算，未经资金平衡测算；完整测算以实施方案为准"


@dataclass(frozen=True, slots=True)
class FundingLine:
    """One line: cost, income or source of money, in 万元, with its evidence."""

    kind: str
    item: str
    amount: Value
    state: str
    basis: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class FundingTable:
    """What the unit plan says of money; whoever computes it hands in this table.

    Parameters
    ----------
    lines
        Costs, incomes and sources.
    note
        How far it may be relied on.
    """

    lines: tuple[FundingLine, ...]
    note: str = ROUGH

    def total(self, kind: str) -> Value:
        """Return the sum of one kind; missing where it has no line."""
        amounts = [line.amount for line in self.lines if line.kind == kind]
        if not amounts:
            return Value.missing("万元", f"没有填写{kind}")
        unknown = [value for value in amounts if not value.is_known]
        if unknown:
            return Value.missing("万元", f"{kind}有 {len(unknown)} 项未知")
        return Value(
            sum(value.amount or 0.0 for value in amounts), "万元", source=amounts[0].source,
            provenance=Provenance.DERIVED,
        )  # fmt: skip

    @property
    def shortfall(self) -> Value:
        """Costs less incomes and sources; above zero it is not covered, below there is something over."""
        parts = [self.total(kind) for kind in (COST, INCOME, SOURCE)]
        if not parts[0].is_known or not (parts[1].is_known or parts[2].is_known):
            return Value.missing("万元", "支出，或收入与资金来源没有填写")
        amount = (parts[0].amount or 0.0) - (parts[1].amount or 0.0) - (parts[2].amount or 0.0)
        return Value(amount, "万元", source=parts[0].source, provenance=Provenance.DERIVED)


def rough_estimate(form: UnitForm) -> FundingTable:
    """Return the table as declared in the form."""
    return FundingTable(tuple(_line(line, form) for line in form.money))


def _line(line: MoneyLine, form: UnitForm) -> FundingLine:
    amount = Value(line.amount, "万元", source=form.file or "单元规划表", provenance=Provenance.DECLARED)
    return FundingLine(line.kind, line.item, amount, line.state, line.basis, line.project)


def shares_of_sources(table: FundingTable) -> Sequence[tuple[FundingLine, float]]:
    """Return each source with its share of all sources; the shares sum to 1 where there is money."""
    sources = [line for line in table.lines if line.kind == SOURCE and line.amount.is_known]
    total = sum(line.amount.amount or 0.0 for line in sources)
    return [(line, (line.amount.amount or 0.0) / total) for line in sources] if total > 0 else []
