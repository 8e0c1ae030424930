"""Changing a draft of a plan, of whichever kind: locked, its edition counted, nobody overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.planning.models import SpecialPlan, UnitPlan
from huancheng.platform.planning.rules import being_written

Plan = TypeVar("Plan", SpecialPlan, UnitPlan)


@contextmanager
def changing_draft(rows: QuerySet[Plan], demand_writer: Callable[[Plan], None], expected: int | None) -> Iterator[Plan]:
    """Lock a draft for a change and count its edition; the entry in the log is written inside.

    Parameters
    ----------
    rows
        The one plan.
    demand_writer
        Refuses those who may not write it.
    expected
        Edition the person saw; not asked where None.

    Raises
    ------
    NotAllowed
        If the person may not write it, it is no draft, or its case waits for others.
    Overtaken
        If somebody changed it since.
    """
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).get()
        demand_writer(row)
        if row.state != row.State.DRAFT:
            raise NotAllowed(_("这一版已定稿，不能修改"), cure=_("请新建版本再改"))
        if not being_written(row):
            raise NotAllowed(_("案卷正在审批，规划内容不能修改"), cure=_("请等待审批结果，或在要求补正后修改"))
        if expected is not None and row.edition != expected:
            raise Overtaken(_("同事刚刚改过这份规划"), cure=_("请对照最新内容再改；您填写的内容已保留"))
        yield row
        row.edition += 1
        row.save()
