"""The headline of a list: its state in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huancheng.platform.casework.queries.worklist import Standing, Tab


def headline_of(tab: Tab, standing: Standing | None = None, *, total: int = 0) -> str:
    """Return the sentence above a list.

    Parameters
    ----------
    tab
        The list.
    standing
        How its tasks stand, for lists of tasks.
    total
        How many cases are in it, for lists of cases.
    """
    if standing is not None:
        return _of_tasks(tab, standing)
    if tab is Tab.DONE:
        return _("您办过 %(number)s 件") % {"number": total} if total else _("您还没有办过案卷")
    return _("您发起了 %(number)s 件") % {"number": total} if total else _("您还没有发起案卷")


def _of_tasks(tab: Tab, standing: Standing) -> str:
    if not standing.total:
        return _("没有待办事项") if tab is Tab.TODO else _("没有逾期或督办事项")
    if standing.red:
        return _("%(number)s 件逾期，最早 %(day)s") % {"number": standing.red, "day": standing.earliest}
    if standing.amber:
        return _("%(number)s 件将到期，最近 %(day)s") % {"number": standing.amber, "day": standing.next_due}
    if standing.next_due:
        return _("%(number)s 件待办，最近期限 %(day)s") % {"number": standing.total, "day": standing.next_due}
    return _("%(number)s 件待办，均无临近期限") % {"number": standing.total}
