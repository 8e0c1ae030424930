"""Adopting an alternative: its units become the units of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.planning.domain.alternatives import changing
from huancheng.platform.planning.domain.unit_folders import unit_folder
from huancheng.platform.planning.models import Alternative, RenewalUnit, SpecialPlan, UnitPlan

if TYPE_CHECKING:
    import geopandas as gpd

GEOGRAPHIC = "EPSG:4490"
KIND = "unit"
"""Kind of subject a unit's cases are about."""


def adopt_alternative(alternative: int, acting: Acting, *, expected: int) -> int:
    """Make the units of an alternative the units of its plan, in place of those adopted before.

    Parameters
    ----------
    alternative
        Its id.
    acting
        Who writes the plan.
    expected
        Edition the person saw.

    Returns
    -------
    int
        Number of units.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If it has edits that were not saved, or something was begun on a unit adopted before.
    """
    with transaction.atomic(), changing(alternative, acting, expected) as row:
        if row.edits:
            raise InputFault(_("方案有尚未保存的调整"), cure=_("请先另存为方案，或全部撤销"))
        _clear(row.plan)
        row.plan.alternatives.filter(adopted=True).update(adopted=False)
        row.adopted = True
        row.save(update_fields=["adopted"])
        count = _lay_units(row)
        append(row.stream, "alternative.adopted", acting, {"plan": row.plan_id, "units": count})
        append(row.plan.stream, "special_plan.units", acting, {"alternative": row.pk, "units": count})
    return count


def _clear(plan: SpecialPlan) -> None:
    """Take the units adopted before away, unless something was begun on them."""
    held = plan.units.select_related("subject")
    begun = list(Case.objects.filter(subject__in=held.values("subject")).values_list("number", flat=True)[:3])
    begun += [str(item) for item in UnitPlan.objects.filter(unit__in=held).select_related("unit")[:3]]
    if begun:
        raise InputFault(_("已有单元开展了工作：%s") % "、".join(begun), cure=_("请先办结或撤回，或在新版本中调整单元"))
    subjects = list(held.values_list("subject", flat=True))
    held.delete()
    Subject.objects.filter(pk__in=subjects).delete()


def _lay_units(row: Alternative) -> int:
    from huancheng.units.certificate import read_units

    found = read_units(unit_folder(row.digest))
    frame = found.units.to_crs(GEOGRAPHIC)
    homes = found.assignment
    for figures, shape in zip(_rows(frame), frame.geometry, strict=True):
        name = str(figures["unit"])
        _lay_unit(row, name, figures, shape, sorted(homes[homes == name].index))
    return len(frame)


def _lay_unit(row: Alternative, name: str, figures: dict[str, Any], shape: Any, blocks: list[str]) -> None:
    import shapely

    plan = row.plan
    west, south, east, north = shape.bounds
    box = {"west": west, "south": south, "east": east, "north": north}
    ground = {"geometry": shapely.to_wkb(shape), **box}
    title = _("%(place)s更新单元%(name)s") % {"place": plan.subject.title, "name": name}
    subject = Subject.objects.create(
        kind=KIND, key=f"{plan.pk}-{name}", title=title[:200], jurisdiction=plan.jurisdiction, **ground
    )
    RenewalUnit.objects.create(
        plan=plan, alternative=row, subject=subject, jurisdiction=plan.jurisdiction, number=name, name=title[:120],
        blocks=blocks, figures=figures, **ground,
    )  # fmt: skip


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the figures of each unit as plain values; what is not known is None."""
    import pandas as pd

    rows = pd.DataFrame(frame.drop(columns="geometry")).to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]
