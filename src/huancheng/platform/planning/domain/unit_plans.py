"""Writing unit plans: begun from a unit, filled in from a workbook, their parcels drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.planning.unit_form import UnitForm
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.planning.domain.drafting import changing_draft
from huancheng.platform.planning.domain.unit_forms import ROWS, demand_unit, form_of, kept_of
from huancheng.platform.planning.instruments import instrument_of
from huancheng.platform.planning.models import RenewalUnit, SpecialPlan, UnitPlan
from huancheng.platform.planning.rules import may_write_plan


def begin_unit_plan(unit: int, acting: Acting) -> UnitPlan:
    """Begin the plan of a unit, or its next version; what the version in force states is carried over.

    Parameters
    ----------
    unit
        Id of a unit of a special plan in force.
    acting
        Who may open its case by the route of the place.

    Raises
    ------
    NotAllowed
        If the person may not write it.
    InputFault
        If its special plan is not in force, or a version is being written.
    """
    with transaction.atomic():
        row = RenewalUnit.objects.select_for_update(of=("self",)).select_related("plan", "subject").get(pk=unit)
        old = row.plans.order_by("-version").first()
        fresh = UnitPlan(unit=row, version=1 if old is None else old.version + 1, previous=old)
        demand_unit_writer(fresh, acting)
        if row.plan.state != SpecialPlan.State.ADOPTED:
            raise InputFault(_("专项规划不是现行规划，不能编制它的单元规划"), cure=_("请在专项规划批准后编制"))
        if old is not None and old.state == UnitPlan.State.DRAFT:
            raise InputFault(_("单元规划第 %d 版正在编制") % old.version, cure=_("请打开正在编制的版本"))
        if old is not None:
            fresh.filled, fresh.parcels = old.filled, old.parcels
        fresh.save(force_insert=True)
        append(fresh.stream, "unit_plan.begun", acting, {"unit": row.pk, "version": fresh.version})
    return fresh


@contextmanager
def changing_unit_plan(plan: int, acting: Acting, expected: int | None = None) -> Iterator[UnitPlan]:
    """Lock a draft for a change and count its edition; the entry in the log is written inside.

    Raises
    ------
    NotAllowed, Overtaken
        As `drafting.changing_draft` says.
    """
    rows = UnitPlan.objects.filter(pk=plan).select_related("unit__subject", "case")
    with changing_draft(rows, lambda row: demand_unit_writer(row, acting), expected) as row:
        yield row


def demand_unit_writer(plan: UnitPlan, acting: Acting) -> None:
    """See that a person may write a unit plan.

    Raises
    ------
    NotAllowed
        If they may not.
    """
    if not may_write_plan(acting, instrument_of(plan), plan.unit.subject):
        raise NotAllowed(_("您不编制这个辖区的单元规划"), cure=_("请由路线前段单位的编制人，或专班办工作人员编制"))


def fill_in(
    plan: int, acting: Acting, *, form: UnitForm | None = None, parcels: dict[str, Any] | None = None, expected: int
) -> UnitPlan:
    """Keep what a planner states: the workbook in place of the one before, the parcels' shapes likewise.

    Parameters
    ----------
    plan
        Id of the draft.
    acting
        Who writes it.
    form, parcels
        What was read; None leaves what stands.
    expected
        Edition the person saw.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing_unit_plan` says.
    InputFault
        If the form is another unit's, or names a parcel that the shapes lack.
    """
    with changing_unit_plan(plan, acting, expected) as row:
        if form is not None:
            demand_unit(form, row)
            row.filled = kept_of(form)
        if parcels is not None:
            row.parcels = parcels
        demand_parcels(row)
        told: dict[str, Any] = {"workbook": form is not None, "layer": parcels is not None}
        told |= {name: len(row.filled.get(name, ())) for name in ROWS}
        append(row.stream, "unit_plan.filled", acting, told)
    return row


def demand_parcels(plan: UnitPlan) -> None:
    """See that the shapes have every parcel that the form names; shapes beyond those are no fault.

    Raises
    ------
    InputFault
        Names those that are missing.
    """
    shapes = {feature["properties"]["id"] for feature in plan.parcels.get("features", ())}
    missing = [parcel.id for parcel in form_of(plan.filled).parcels if parcel.id not in shapes]
    if shapes and missing:
        raise InputFault(
            _("地块图层里没有 %s") % "、".join(missing[:5]), field="parcels",
            cure=_("请让工作簿的地块编号与图层一致，或重新上传图层"),
        )  # fmt: skip
