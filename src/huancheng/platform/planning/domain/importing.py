"""Entering plans from a workbook: all rows, or none."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.planning.domain.register import add_record
from huancheng.platform.planning.models import PlanRecord
from huancheng.platform.planning.workbooks.columns import COLUMNS
from huancheng.platform.planning.workbooks.reading import RowFault, read_plans


def import_plans(source: BinaryIO, acting: Acting) -> tuple[list[PlanRecord], list[RowFault]]:
    """Enter every plan of a workbook; where a row is wrong nothing is entered.

    Parameters
    ----------
    source
        The workbook.
    acting
        Who keeps the register.

    Returns
    -------
    tuple
        The new rows, and what is wrong; one of them is empty.

    Raises
    ------
    InputFault
        If it is no workbook of plans.
    """
    rows, faults = read_plans(source)
    known = set(PlanRecord.objects.values_list("kind", "title", "jurisdiction"))
    entered: list[PlanRecord] = []
    with transaction.atomic():
        for number, data in rows:
            same = (data.kind, data.title, data.jurisdiction)
            try:
                _demand_new(known, same)
                entered.append(add_record(data, acting))
                known.add(same)
            except InputFault as fault:
                faults.append(RowFault(number, COLUMNS.get(fault.field, ""), fault.message, fault.cure))
        if faults:
            transaction.set_rollback(True)
    return ([] if faults else entered), sorted(faults, key=lambda fault: fault.row)


def _demand_new(known: set[tuple[str, str, str]], same: tuple[str, str, str]) -> None:
    if same in known:
        raise InputFault(_("台账里已有同名规划"), field="title", cure=_("请在台账里修改，或删去这一行"))
