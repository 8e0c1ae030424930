"""Computing a unit plan on its city, and making its papers and layers."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.common import clock
from huancheng.platform.planning.domain.drawing import snapshot_of
from huancheng.platform.planning.domain.plan_documents import organisation_of, take_file
from huancheng.platform.planning.domain.register_files import GEOGRAPHIC, write_register
from huancheng.platform.planning.domain.unit_form_faults import in_words
from huancheng.platform.planning.domain.unit_forms import form_of
from huancheng.platform.planning.domain.unit_parcels import frame_of
from huancheng.platform.planning.models import PlanRecord, RenewalUnit, UnitPlan, UnitPlanDocument
from huancheng.platform.planning.queries.agreement import opinions_beside
from huancheng.platform.planning.queries.upper_plans import upper_plans_of

if TYPE_CHECKING:
    import geopandas as gpd

    from huancheng.city.snapshot import Snapshot
    from huancheng.planning.unit_plan import UnitPlan as ComposedPlan
    from huancheng.platform.files.domain.store import Taken

PAPERS = ("unit_plan.docx", "unit_plan.pdf", "unit_plan.gpkg")
"""What is kept of the folder of a plan."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A unit plan as the planning room composed it.

    Parameters
    ----------
    row
        The plan as it stood when it was read.
    plan
        What was composed.
    city
        The snapshot.
    document
        The same as data.
    folder
        Its files lie here as long as it is open.
    """

    row: UnitPlan
    plan: ComposedPlan
    city: Snapshot
    document: dict[str, Any]
    folder: Path


@contextmanager
def composing(plan: int, say: Callable[[str], None]) -> Iterator[Composed]:
    """Compose a unit plan from what is filled in, the city of its check-up, the plan's units, and the register.

    Parameters
    ----------
    plan
        Its id.
    say
        Is told how far it is.

    Raises
    ------
    InputFault
        If the snapshot is not here, or what is filled in does not fit.
    """
    from huancheng.planning.plan_register import read_register
    from huancheng.planning.unit_plan import PlanOrder, compose_unit_plan, unit_plan_document

    row = UnitPlan.objects.select_related("unit__plan__checkup").get(pk=plan)
    unit, city, book = row.unit, snapshot_of(row.unit.plan), current_book()
    with tempfile.TemporaryDirectory(prefix="huancheng-unit-plan-") as name:
        folder = Path(name)
        say(_("正在核对上位规划"))
        opinions = opinions_beside(("unit_plan", row.pk), ("unit", unit.pk))
        register = write_register(folder, _records(unit), opinions, subject=unit.number, jurisdiction="")
        order = PlanOrder(
            city, book, _areas(unit), unit.number, form_of(row.filled), frame_of(row.parcels),
            read_register(folder / register), folder,
        )  # fmt: skip
        say(_("正在测算指标、底线和设施"))
        try:
            composed = compose_unit_plan(order)
        except InputFault as fault:
            raise in_words(fault) from fault
        document = json.loads(json.dumps(unit_plan_document(composed, city, book), default=str, allow_nan=False))
        yield Composed(row, composed, city, document, folder)


def compute(plan: int, acting: Acting, say: Callable[[str], None]) -> UnitPlan:
    """Compute a draft anew and keep what came out.

    Raises
    ------
    InputFault
        As `composing` says, or if the version is no draft any more.
    """
    with composing(plan, say) as made:
        return keep_computed(made.row, acting, made.document)


def keep_computed(plan: UnitPlan, acting: Acting, document: dict[str, Any]) -> UnitPlan:
    """Keep what was computed of an edition; what is older than what is kept already is let go.

    Raises
    ------
    InputFault
        If the version is no draft any more.
    """
    with transaction.atomic():
        held = UnitPlan.objects.select_for_update().get(pk=plan.pk)
        if held.state != UnitPlan.State.DRAFT:
            raise InputFault(_("这一版已定稿，不再测算"), cure=_("请新建版本"))
        if held.computed_edition is None or held.computed_edition <= plan.edition:
            held.computed, held.computed_edition, held.computed_at = document, plan.edition, clock.now()
            held.save(update_fields=["computed", "computed_edition", "computed_at", "updated_at"])
            append(held.stream, "unit_plan.computed", acting, {"edition": plan.edition})
    return held


def make_unit_documents(plan: int, acting: Acting, say: Callable[[str], None]) -> list[UnitPlanDocument]:
    """Make docx, PDF and layers of a unit plan and keep them with the edition they are of.

    Raises
    ------
    InputFault
        As `composing` says.
    """
    from huancheng.report.options import ReportOptions
    from huancheng.report.unit_plan import write_unit_plan_report

    with composing(plan, say) as made:
        say(_("正在生成文本、图件和图层"))
        options = ReportOptions(organisation=organisation_of(acting))
        out = made.folder / "report"
        write_unit_plan_report(made.city, made.plan, current_book(), out, options)
        told = {"unit": made.row.unit.name, "version": made.row.version}
        title = _("%(unit)s单元规划（第%(version)d版）") % told
        taken = [take_file(out / name, f"{title}{Path(name).suffix}") for name in PAPERS]
        if made.row.state == UnitPlan.State.DRAFT and not made.row.is_current:
            keep_computed(made.row, acting, made.document)
    return _keep(made.row, acting, taken)


def _keep(plan: UnitPlan, acting: Acting, taken: list[Taken]) -> list[UnitPlanDocument]:
    with transaction.atomic():
        held = UnitPlan.objects.select_for_update().get(pk=plan.pk)
        kept = [
            UnitPlanDocument.objects.create(
                plan=held, stored=item.stored, name=item.name[:200], edition=plan.edition, made_at=clock.now()
            )
            for item in taken
        ]
        held.digest = hashlib.sha256("".join(item.stored.sha256 for item in taken).encode()).hexdigest()
        held.save(update_fields=["digest", "updated_at"])
        append(held.stream, "unit_plan.document", acting, {"edition": plan.edition, "files": len(kept)})
    return kept


def _areas(unit: RenewalUnit) -> gpd.GeoDataFrame:
    """Return the units of the special plan as they were adopted."""
    import geopandas as gpd
    import shapely

    rows = list(unit.plan.units.filter(geometry__isnull=False))
    shapes = [shapely.from_wkb(bytes(row.geometry or b"")) for row in rows]
    if unit.pk not in {row.pk for row in rows}:
        raise InputFault(_("单元没有范围，不能测算"), cure=_("请在专项规划中划定单元范围"))
    data = {"id": [row.number for row in rows], "name": [row.name for row in rows]}
    return gpd.GeoDataFrame(data, geometry=shapes, crs=GEOGRAPHIC)


def _records(unit: RenewalUnit) -> list[PlanRecord]:
    """Return the upper plans; the special plan without a layer of its own lies where its units lie."""
    import shapely

    records = upper_plans_of(unit)
    for record in records:
        if record.kind == PlanRecord.Kind.SPECIAL and record.geometry is None and record.title == unit.plan.title:
            shapes = unit.plan.units.filter(geometry__isnull=False).values_list("geometry", flat=True)
            record.geometry = shapely.to_wkb(
                shapely.union_all([shapely.from_wkb(bytes(item or b"")) for item in shapes])
            )
    return records
