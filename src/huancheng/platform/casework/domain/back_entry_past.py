"""Entering one case with its whole past, whether it came as a row of a workbook or from the form of a single case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.back_entry import back_enter
from huancheng.platform.casework.domain.back_entry_layout import JURISDICTION, KEY, Part, columns_of
from huancheng.platform.casework.domain.back_entry_rows import (
    Past,
    already_known,
    check_against_law,
    may_enter,
    read_row,
)
from huancheng.platform.casework.domain.encoding import encode
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.law import current_book, keep_current_pack
from huancheng.platform.casework.domain.moving import announce, record
from huancheng.platform.casework.domain.opening import draft, next_number
from huancheng.platform.casework.domain.papers import Description, add_paper
from huancheng.platform.casework.domain.projecting import project
from huancheng.platform.casework.models import Case, Paper, Subject
from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import Taken


def demand_enterer(acting: Acting) -> None:
    """Refuse whoever's role enters nothing from before.

    Raises
    ------
    NotAllowed
        If the role may not.
    """
    if acting.body is None or acting.role not in current_book().posts.act("back_enter").roles:
        raise NotAllowed(_("您的岗位不能补录"), cure=_("请由文书或专班办工作人员补录"))


def check_past(instrument: str, values: Mapping[str, str], acting: Acting) -> Past:
    """Read a past and note everything that is wrong with it: by itself, in the register, under the law."""
    book = current_book()
    past = read_row(book, columns_of(book, instrument), values)
    scope = book.instruments[instrument].scope
    known = already_known(instrument, scope, [past.key])
    if past.key in known:
        past.wrong(KEY, _("此对象已有同类案卷 %s") % known[past.key], _("无需补录；需要补环节的请到案卷中补录"))
    elsewhere = Subject.objects.filter(kind=scope, key=past.key).exclude(jurisdiction=past.jurisdiction)
    if past.key and elsewhere.exists():
        past.wrong(JURISDICTION, _("此编号的对象登记在别的辖区"), _("请核对编号和辖区"))
    check_against_law(past, instrument, acting)
    return past


def enter_past(
    instrument: str,
    values: Mapping[str, str],
    acting: Acting,
    *,
    scans: Mapping[str, Taken] | None = None,
    source: int | None = None,
) -> Case:
    """Open a case on the day it was opened, and enter what was shown and done, with the papers; all of it or nothing.

    Parameters
    ----------
    instrument
        Id of the instrument.
    values
        Text by column.
    acting
        Who enters it.
    scans
        Scan of a step's paper, by the step's place among the columns.
    source
        Workbook it came in; None for a single case.

    Raises
    ------
    NotAllowed
        If the role may not.
    InputFault
        For the first thing that is wrong.
    """
    demand_enterer(acting)
    with transaction.atomic():
        past = check_past(instrument, values, acting)
        if past.faults:
            first = past.faults[0]
            raise InputFault(first["message"], field=first["column"], cure=first["cure"])
        case = _open(past, instrument, acting, source)
        for name, paper in past.met.items():
            meet_precondition(case.pk, name, acting, paper=paper, day=past.opened, back_entered=True)
        if past.steps:
            back_enter(case.pk, past.steps, acting)
        for slot, taken in (scans or {}).items():
            add_paper(case.pk, taken, _description(instrument, slot, values), acting)
    return Case.objects.get(pk=case.pk)


def _open(past: Past, instrument: str, acting: Acting, source: int | None) -> Case:
    keep_current_pack()
    subject, _made = Subject.objects.get_or_create(
        kind=current_book().instruments[instrument].scope,
        key=past.key,
        defaults={"title": past.title, "jurisdiction": past.jurisdiction},
    )
    opened = past.opened or clock.today()
    standing, event = draft(instrument, subject, acting, facts=past.facts, day=opened)
    if not may_enter(acting, standing):
        raise NotAllowed(_("您的岗位不能补录此辖区的案卷"), cure=_("请由该辖区的文书，或专班办工作人员补录"))
    case = standing.case
    case.number, case.title = next_number(case.instrument, opened), past.case_title or case.title
    case.save(force_insert=True)
    record(
        standing, "opened", acting, day=opened, event=encode(event), instrument=case.instrument, subject=subject.pk,
        back_entry=source,
    )  # fmt: skip
    project(standing)
    announce(standing, "open")
    return case


def _description(instrument: str, slot: str, values: Mapping[str, str]) -> Description:
    """Describe the scan of a step by the step's name, and its paper's number and date."""
    columns = {(item.step, item.part): item for item in columns_of(current_book(), instrument)}
    day, paper = columns[slot, Part.DAY], columns[slot, Part.PAPER]
    number = values.get(paper.key, "")[:120]
    return Description(
        f"{day.title.removesuffix('日期')}：{number}"[:200], Paper.Kind.APPROVAL.value, number=number,
        dated=date.fromisoformat(values[day.key]),
    )  # fmt: skip
