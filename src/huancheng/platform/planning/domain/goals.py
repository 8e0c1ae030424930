"""Goals of a special plan, each carried from a finding of the check-up it cites."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.checkups.models import CheckupRunRecord, ProblemRecord


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, and the finding it answers.

    Parameters
    ----------
    finding
        Key of the problem in the check-up cited.
    indicator, indicator_name
        Indicator that falls short.
    problem, scope, value
        What was found, where, and the figure.
    goal
        What the plan sets itself.
    by
        Year by which.
    """

    finding: str
    indicator: str
    indicator_name: str
    problem: str
    scope: str
    value: str
    goal: str
    by: int | None = None

    def as_row(self) -> dict[str, Any]:
        """Return it as the plan keeps it."""
        return asdict(self)


def goals_of(rows: list[dict[str, Any]]) -> list[Goal]:
    """Return the goals a plan keeps."""
    return [Goal(**row) for row in rows]


def carried(run: CheckupRunRecord, findings: Collection[str]) -> list[Goal]:
    """Return goals for findings of a check-up, in its order; what the check-up proposes is the goal to begin with.

    Raises
    ------
    InputFault
        If one of them is no finding of that check-up.
    """
    rows = list(ProblemRecord.objects.filter(run=run, key__in=findings).defer("geometry"))
    if missing := set(findings) - {row.key for row in rows}:
        raise InputFault(
            _("引用的体检里没有这些问题：%s") % "、".join(sorted(missing)),
            field="findings",
            cure=_("请从问题清单中选择"),
        )
    return [
        Goal(row.key, row.indicator, row.indicator_name, row.problem, row.scope_name, row.value_text, row.action)
        for row in rows
    ]
