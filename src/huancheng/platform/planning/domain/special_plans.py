"""Writing special plans: begun, based on a check-up and upper plans, changed, renewed as a version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.planning.domain.drafting import changing_draft
from huancheng.platform.planning.domain.goals import Goal, carried, goals_of
from huancheng.platform.planning.domain.register import APPROVED
from huancheng.platform.planning.instruments import instrument_of
from huancheng.platform.planning.models import KeyArea, PlanRecord, SpecialPlan
from huancheng.platform.planning.queries.places import PlanPlace, subject_of
from huancheng.platform.planning.rules import may_write_plan

LONGEST = 20_000
"""Characters of a part."""


def begin_plan(place: PlanPlace, acting: Acting, title: str = "") -> SpecialPlan:
    """Begin the special plan of a place.

    Parameters
    ----------
    place
        Where.
    acting
        Who may open its case by the route of the place.
    title
        Its title; by default the place's name with the instrument's.

    Raises
    ------
    NotAllowed
        If the person may not write it.
    InputFault
        If the place has one already.
    """
    with transaction.atomic():
        subject = subject_of(place)
        if not subject.pk:
            subject.save()
        plan = SpecialPlan(subject=subject, jurisdiction=place.id, title=title or _("%s城市更新专项规划") % place.title)
        demand_writer(plan, acting)
        if SpecialPlan.objects.filter(jurisdiction=place.id).exists():
            raise InputFault(_("%s已有专项规划") % place.title, field="place", cure=_("请打开已有的规划，或新建版本"))
        plan.save(force_insert=True)
        append(plan.stream, "special_plan.begun", acting, {"jurisdiction": place.id})
    return plan


@contextmanager
def changing(plan: int, acting: Acting, expected: int | None = None) -> Iterator[SpecialPlan]:
    """Lock a draft for a change and count its edition; the entry in the log is written inside.

    Parameters
    ----------
    plan
        Its id.
    acting
        Who changes it.
    expected
        Edition the person saw; not asked where None.

    Raises
    ------
    NotAllowed
        If the person may not write it, it is no draft, or its case waits for others.
    Overtaken
        If somebody changed it since.
    """
    rows = SpecialPlan.objects.filter(pk=plan)
    with changing_draft(rows, lambda row: demand_writer(row, acting), expected) as row:
        yield row


def demand_writer(plan: SpecialPlan, acting: Acting) -> None:
    """See that a person may write a plan.

    Raises
    ------
    NotAllowed
        If they may not.
    """
    if not may_write_plan(acting, instrument_of(plan), plan.subject):
        raise NotAllowed(_("您不编制这个辖区的专项规划"), cure=_("请由路线前段单位的编制人，或专班办工作人员编制"))


def change_texts(plan: int, acting: Acting, *, title: str, direction: str, strategy: str, expected: int) -> SpecialPlan:
    """Change title, direction and strategy.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If a text is too long.
    """
    fresh = {"title": title, "direction": direction, "strategy": strategy}
    for name, text in fresh.items():
        if len(text) > LONGEST:
            raise InputFault(_("内容过长，最多%d字") % LONGEST, field=name, cure=_("请缩短，或作为附件上传"))
    with changing(plan, acting, expected) as row:
        before = {name: getattr(row, name) for name in fresh}
        for name, text in fresh.items():
            setattr(row, name, text)
        _log(row, "special_plan.changed", acting, before, fresh)
    return row


def set_basis(
    plan: int, acting: Acting, *, checkup: CheckupRunRecord | None, upper: Sequence[PlanRecord], expected: int
) -> SpecialPlan:
    """Cite the check-up and the upper plans; another check-up lets the goals of the first fall.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If a plan that is not in force is cited.
    """
    for record in upper:
        if record.state not in APPROVED:
            raise InputFault(_("“%s”没有批准，不能引用") % record.title, field="upper", cure=_("请引用已批准的规划"))
    with changing(plan, acting, expected) as row:
        before = {"checkup": row.checkup_id, "upper": sorted(row.upper_plans.values_list("pk", flat=True))}
        if row.checkup != checkup:
            row.goals = []
        row.checkup = checkup
        row.upper_plans.set(upper)
        after = {"checkup": row.checkup_id, "upper": sorted(record.pk for record in upper)}
        _log(row, "special_plan.basis", acting, before, after)
    return row


def carry_findings(plan: int, acting: Acting, findings: Sequence[str], *, expected: int) -> SpecialPlan:
    """Make goals of findings of the check-up cited; those that are goals already stay as they were written.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If no check-up is cited, or one of them is none of its findings.
    """
    with changing(plan, acting, expected) as row:
        if row.checkup is None:
            raise InputFault(_("还没有引用城市体检"), field="findings", cure=_("请先在“依据”中引用"))
        known = {goal.finding for goal in goals_of(row.goals)}
        fresh = carried(row.checkup, [key for key in findings if key not in known])
        row.goals = [*row.goals, *(goal.as_row() for goal in fresh)]
        append(row.stream, "special_plan.goals", acting, {"carried": [goal.finding for goal in fresh]})
    return row


def write_goals(plan: int, acting: Acting, goals: Sequence[Goal], *, expected: int) -> SpecialPlan:
    """Write the words and years of goals anew; those left out fall. A goal without a finding can't be added here.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If a goal says nothing, or answers no finding the plan carried.
    """
    with changing(plan, acting, expected) as row:
        known = {goal.finding for goal in goals_of(row.goals)}
        for goal in goals:
            if goal.finding not in known:
                raise InputFault(_("目标没有对应的体检问题"), field="goals", cure=_("请从体检问题中选取"))
            if not goal.goal.strip():
                raise InputFault(_("“%s”的目标没有写") % goal.problem, field="goals", cure=_("请填写，或勾选移除"))
        row.goals = [goal.as_row() for goal in goals]
        dropped = sorted(known - {goal.finding for goal in goals})
        append(row.stream, "special_plan.goals", acting, {"count": len(goals), "dropped": dropped})
    return row


def new_version(plan: int, acting: Acting) -> SpecialPlan:
    """Begin the next version of an adopted plan; texts, basis, goals and key areas are carried over.

    Parameters
    ----------
    plan
        Id of the adopted version.
    acting
        Who may open the case of its change.

    Raises
    ------
    NotAllowed
        If the person may not write it.
    InputFault
        If it is not the adopted version, or a later one is being written.
    """
    with transaction.atomic():
        old = SpecialPlan.objects.select_for_update().get(pk=plan)
        later = SpecialPlan.objects.filter(jurisdiction=old.jurisdiction, version__gt=old.version)
        if old.state != SpecialPlan.State.ADOPTED or later.exists():
            raise InputFault(_("只能从定稿的最新一版新建版本"), cure=_("请打开正在编制的版本"))
        row = SpecialPlan(
            subject=old.subject, jurisdiction=old.jurisdiction, title=old.title, version=old.version + 1, previous=old,
            checkup=old.checkup, direction=old.direction, strategy=old.strategy, goals=old.goals,
        )  # fmt: skip
        demand_writer(row, acting)
        row.save(force_insert=True)
        row.upper_plans.set(old.upper_plans.all())
        for area in old.key_areas.all():
            area.pk, area._state.adding, area.plan = None, True, row  # noqa: SLF001 - Django's way to copy a row
            area.save()
        append(row.stream, "special_plan.version", acting, {"version": row.version, "from": old.pk})
    return row


def keep_area(plan: int, acting: Acting, area: KeyArea, *, expected: int) -> KeyArea:
    """Save a key area, new or changed.

    Parameters
    ----------
    plan
        Id of the draft it belongs to.
    acting
        Who writes the plan.
    area
        The row as it is to be; its plan is set here.
    expected
        Edition of the plan the person saw.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If it has no name.
    """
    if not area.name.strip():
        raise InputFault(_("重点区域没有名称"), field="name", cure=_("请填写名称"))
    with changing(plan, acting, expected) as row:
        code = "special_plan.area_changed" if area.pk else "special_plan.area_added"
        area.plan = row
        area.save()
        append(row.stream, code, acting, {"area": area.pk, "name": area.name})
    return area


def drop_area(plan: int, acting: Acting, area: KeyArea, *, expected: int) -> None:
    """Take a key area out of a draft.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    """
    with changing(plan, acting, expected) as row:
        append(row.stream, "special_plan.area_dropped", acting, {"area": area.pk, "name": area.name})
        row.key_areas.filter(pk=area.pk).delete()


def _log(plan: SpecialPlan, code: str, acting: Acting, before: dict[str, Any], after: dict[str, Any]) -> None:
    if before != after:
        append(plan.stream, code, acting, {"before": before, "after": after})
