"""Having units drawn: by the solver, or brought onto the blocks from what an institute drew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.planning.domain.alternatives import take_alternative
from huancheng.platform.planning.models import Alternative, SpecialPlan
from huancheng.platform.planning.queries.places import place_of, place_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from huancheng.city.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Wish:
    """What a planner asks the solver for.

    Parameters
    ----------
    title
        Name of the alternative.
    profile
        Id of a rule profile of the pack.
    seed
        Same seed and work, same units.
    limit
        Rounds of the search; by the size of the city where None.
    """

    title: str
    profile: str
    seed: int = 0
    limit: int | None = None


def snapshot_of(plan: SpecialPlan) -> Snapshot:
    """Return the city the plan's check-up was run on.

    Raises
    ------
    InputFault
        If it cites no check-up, or the snapshot is not here.
    """
    from huancheng.city.snapshot import Snapshot

    if plan.checkup is None:
        raise InputFault(_("还没有引用城市体检，不知道在哪份数据上划定"), field="basis", cure=_("请先在“依据”中引用"))
    folder = Path(settings.SNAPSHOTS) / plan.checkup.snapshot / "snapshot"
    if not folder.is_dir():
        raise InputFault(
            _("体检所用的数据快照没有载入"), field="basis", cure=_("请专班办在“一张图”的快照页载入后再划定")
        )
    return Snapshot(folder)


def districts_of(plan: SpecialPlan) -> tuple[str, ...]:
    """Return the names of the districts a plan covers."""
    place = place_of(plan.jurisdiction)
    members = place.members if place is not None else (plan.jurisdiction,)
    return tuple(current_book().jurisdictions[member].title for member in members)


def draw_alternative(plan: int, acting: Acting, wish: Wish, say: Callable[[str], None]) -> Alternative:
    """Have the solver draw the units of a plan and take them in as an alternative.

    Parameters
    ----------
    plan
        Id of the special plan.
    acting
        Who writes it.
    wish
        What is asked for.
    say
        Told what is being done.

    Raises
    ------
    NotAllowed
        If the person may not write the plan.
    InputFault
        If no units can be drawn; the cause by name.
    """
    from huancheng.units.certificate import write_units
    from huancheng.units.drawing import DrawOptions, draw_units
    from huancheng.units.solver import Work

    row = SpecialPlan.objects.select_related("checkup").get(pk=plan)
    work = Work(limit=wish.limit, seed=wish.seed)
    options = DrawOptions(wish.profile, work=work, districts=districts_of(row))
    try:
        drawing = draw_units(snapshot_of(row), current_book(), options, say=say)
    except InputFault as fault:
        if fault.field != "district":
            raise
        message = _("这份数据里没有%s的街块") % place_title(row.jurisdiction)
        raise InputFault(message, cure=_("请载入包含这个辖区街道的数据快照")) from fault
    say(_("写出证书并复核"))
    return take_alternative(plan, acting, wish.title, lambda folder: write_units(drawing, folder))


def bring_drawn(
    plan: int, acting: Acting, file: Path, *, title: str, profile: str, keep: bool, say: Callable[[str], None]
) -> Alternative:
    """Take units an institute drew in as an alternative: read, brought onto the blocks or kept, audited.

    Parameters
    ----------
    plan
        Id of the special plan.
    acting
        Who writes it.
    file
        GeoPackage, zipped shapefile or DXF.
    title
        Name of the alternative.
    profile
        Id of the rule profile they are tested by.
    keep
        Whether they stay as drawn and blocks are cut along them.
    say
        Told what is being done.

    Raises
    ------
    NotAllowed
        If the person may not write the plan.
    InputFault
        If the file can't be read, or lies beside the city.
    """
    from huancheng.units.certificate import write_units
    from huancheng.units.drawing import DrawOptions
    from huancheng.units.drawn import read_drawn
    from huancheng.units.drawn.certifying import certify_plan

    row = SpecialPlan.objects.select_related("checkup").get(pk=plan)
    city = snapshot_of(row)
    drawn = read_drawn(file, city.crs)
    drawing, fitted = certify_plan(drawn, file, city, current_book(), DrawOptions(profile), keep=keep, say=say)
    say(_("写出证书并复核"))
    beside = fitted.files()
    return take_alternative(plan, acting, title, lambda folder: write_units(drawing, folder, beside=beside))
