"""The form of a unit plan as the platform keeps it: a workbook down and up, its rows as plain values in between."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.planning.unit_form import MoneyLine, PlannedFacility, PlannedParcel, PlannedProject, UnitForm
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.files.domain.store import Taken, open_stored
from huancheng.platform.planning.domain.unit_form_faults import in_words
from huancheng.platform.planning.models import UnitPlan

FORMAT = "xlsx"
ROWS: dict[str, Any] = {
    "parcels": PlannedParcel, "projects": PlannedProject, "facilities": PlannedFacility, "money": MoneyLine,
}  # fmt: skip
"""Tables of the form, and what a row of each is."""


def form_of(filled: dict[str, Any]) -> UnitForm:
    """Return what is kept of a form as the planning room knows it; nothing kept is an empty form."""
    tables = {name: tuple(_row(kind, row) for row in filled.get(name, ())) for name, kind in ROWS.items()}
    return UnitForm(dict(filled.get("about", {})), file=str(filled.get("file", "")), **tables)


def kept_of(form: UnitForm) -> dict[str, Any]:
    """Return a form as it is kept."""
    return asdict(form)


def workbook_of(plan: UnitPlan) -> bytes:
    """Return the form of a plan as a workbook, filled with what stands."""
    from huancheng.planning.completeness import completeness_rules, facility_norms
    from huancheng.planning.unit_form.template import write_form

    book = current_book()
    titles = [norm.title for norm in facility_norms(book)]
    kinds = completeness_rules(book).smart_works.kinds
    about = {"unit": plan.unit.number, "name": plan.unit.name}
    with tempfile.TemporaryDirectory(prefix="huancheng-form-") as folder:
        path = Path(folder) / "form.xlsx"
        write_form(path, about, titles, kinds, form_of(plan.filled))
        return path.read_bytes()


def read_workbook(taken: Taken) -> UnitForm:
    """Read a form that was brought.

    Raises
    ------
    InputFault
        If it is no workbook of the form, or a cell can't be used; sheet, row, column and cure by name.
    """
    from huancheng.planning.unit_form.reading import read_form

    if taken.stored.format != FORMAT:
        raise InputFault(_("“%s”不是 xlsx 工作簿") % taken.name, field="workbook", cure=_("请下载工作簿，填写后上传"))
    with tempfile.TemporaryDirectory(prefix="huancheng-form-") as folder:
        path = Path(folder) / "form.xlsx"
        with open_stored(taken.stored) as source:
            path.write_bytes(source.read())
        try:
            form = read_form(path)
        except InputFault as fault:
            raise in_words(fault, "workbook") from fault
    return UnitForm(form.about, form.parcels, form.projects, form.facilities, form.money, taken.name[:200])


def demand_unit(form: UnitForm, plan: UnitPlan) -> None:
    """See that a form was filled in for the unit of a plan.

    Raises
    ------
    InputFault
        If it names another unit.
    """
    named = form.about.get("unit", "")
    if named and named != plan.unit.number:
        raise InputFault(
            _("工作簿是为单元 %(other)s 填的，不是 %(own)s") % {"other": named, "own": plan.unit.number},
            field="workbook", cure=_("请上传本单元的工作簿，或改正“基本情况”表中的单元编号"),
        )  # fmt: skip


def _row(kind: Any, row: dict[str, Any]) -> Any:
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
