"""Back-entry from a workbook: staged, every row checked, corrected in place, taken row by row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain.back_entry_layout import (
    EXAMPLE,
    JURISDICTION,
    KEY,
    MARK,
    SHEET,
    Column,
    columns_of,
)
from huancheng.platform.casework.domain.back_entry_past import demand_enterer, enter_past
from huancheng.platform.casework.domain.back_entry_rows import Fault, already_known, check_against_law, read_row
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import BackEntryImport, BackEntryRow, Subject
from huancheng.platform.common import clock
from huancheng.platform.files.domain.safe_xlsx import WorkbookLimits, open_workbook

MOST_ROWS = 1000
LONGEST = 500
"""Characters of a cell that are kept."""
Status = BackEntryRow.Status


def stage(file: BinaryIO, name: str, instrument: str, acting: Acting) -> BackEntryImport:
    """Read a workbook and check every row; nothing is entered yet.

    Parameters
    ----------
    file
        The workbook.
    name
        Name it was sent under.
    instrument
        Id of the instrument its rows are cases of.
    acting
        Who sent it.

    Raises
    ------
    NotAllowed
        If the role may not.
    InputFault
        If it is no workbook of ours, or too large.
    """
    demand_enterer(acting)
    person, body = Person.objects.get(pk=acting.person or 0), Body.objects.get(pk=acting.body or 0)
    book = current_book()
    columns = columns_of(book, book.instrument(instrument).id)
    rows = _rows(file, columns)
    file.seek(0)
    with transaction.atomic():
        source = BackEntryImport.objects.create(
            instrument=book.instrument(instrument).id, name=name[:200], digest=hashlib.sha256(file.read()).hexdigest(),
            body=body, person=person, role=acting.role, at=clock.now(),
        )  # fmt: skip
        BackEntryRow.objects.bulk_create(
            [BackEntryRow(source=source, number=number, values=values, status=Status.FAULTY) for number, values in rows]
        )
        check(source, acting)
        append(f"back-entry:{source.pk}", "back_entry.staged", acting, {"rows": len(rows), "digest": source.digest})
    return source


def _rows(file: BinaryIO, columns: tuple[Column, ...]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a workbook: number and text by column."""
    workbook = open_workbook(file, WorkbookLimits(rows=MOST_ROWS + 1))
    sheet = workbook.sheet(SHEET) or workbook.sheets[0]
    if not sheet.rows:
        raise InputFault(_("工作簿是空的"), field="file", cure=_("请先填写模板"))
    heads = [_text(cell) for cell in sheet.rows[0][1]]
    by_title = {column.title: column for column in columns}
    unknown = [head for head in heads if head and head not in by_title]
    missing = [column.title for column in columns if column.required and column.title not in heads]
    twice = [head for head, number in Counter(filter(None, heads)).items() if number > 1]
    for found, message in (
        (unknown, _("不认识这些列：%s")),
        (missing, _("缺少这些列：%s")),
        (twice, _("这些列出现了两次：%s")),
    ):
        if found:
            raise InputFault(message % "、".join(found)[:200], field="file", cure=_("请用此文种的模板填写，不改表头"))
    kept = []
    for number, cells in sheet.rows[1:]:
        texts = {
            by_title[head].key: text for head, cell in zip(heads, cells, strict=False) if head and (text := _text(cell))
        }
        if texts.get(MARK) != EXAMPLE and set(texts) - {MARK}:
            kept.append((number, texts))
    if not kept:
        raise InputFault(_("没有可登记的行"), field="file", cure=_("请在示例行下面填写"))
    return kept


def _text(cell: Any) -> str:
    """Return a cell as an officer would write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\x00", "").strip()[:LONGEST]


def check(source: BackEntryImport, acting: Acting) -> None:
    """Check every row that is not taken, against the law, the register and the other rows."""
    rows = [row for row in source.rows.all() if row.status in (Status.READY, Status.FAULTY)]
    book = current_book()
    columns = columns_of(book, source.instrument)
    keys = Counter(row.values.get(KEY, "") for row in source.rows.exclude(status=Status.REFUSED))
    scope = book.instruments[source.instrument].scope
    known = already_known(source.instrument, scope, list(keys))
    elsewhere = dict(Subject.objects.filter(kind=scope, key__in=list(keys)).values_list("key", "jurisdiction"))
    for row in rows:
        past = read_row(book, columns, row.values)
        if past.key and keys[past.key] > 1:
            past.wrong(KEY, _("表内有 %d 行用了同一编号") % keys[past.key], _("请核对编号，删去重复的行"))
        if past.key in known:
            past.wrong(KEY, _("此对象已有同类案卷 %s") % known[past.key], _("无需补录；需要补环节的请到案卷中补录"))
        if elsewhere.get(past.key, past.jurisdiction) != past.jurisdiction:
            past.wrong(JURISDICTION, _("此编号的对象登记在别的辖区"), _("请核对编号和辖区"))
        check_against_law(past, source.instrument, acting)
        row.faults = past.faults
        row.status = Status.FAULTY if past.faults else Status.READY
    BackEntryRow.objects.bulk_update(rows, ["faults", "status"])


def correct(row: BackEntryRow, values: Mapping[str, str], acting: Acting) -> None:
    """Correct a row in place and check the workbook again, since rows may have been at odds with it.

    Raises
    ------
    NotAllowed
        If the role may not.
    InputFault
        If the row is entered already.
    """
    demand_enterer(acting)
    with transaction.atomic():
        source = BackEntryImport.objects.select_for_update().get(pk=row.source_id)
        fresh = source.rows.get(pk=row.pk)
        if fresh.status not in (Status.READY, Status.FAULTY):
            raise InputFault(_("此行已处理，不能再改"), field="row", cure=_("请到案卷中更改"))
        known = {column.key for column in columns_of(current_book(), source.instrument)}
        fresh.values = {key: text.strip()[:LONGEST] for key, text in values.items() if key in known and text.strip()}
        fresh.save(update_fields=["values"])
        check(source, acting)


def take(source: BackEntryImport, acting: Acting, rows: Collection[int] | None = None) -> int:
    """Enter the rows that are ready, or those of them that were chosen, each in a transaction of its own.

    A row that can't be entered after all is faulty again, with the reason; a program that stops in between leaves the
    rest ready. Returns how many were entered.
    """
    wanted = source.rows.filter(status=Status.READY)
    if rows is not None:
        wanted = wanted.filter(pk__in=rows)
    BackEntryImport.objects.filter(pk=source.pk).update(status=BackEntryImport.Status.RUNNING)
    taken = sum(_take(row, source, acting) for row in list(wanted.values_list("pk", flat=True)))
    left = source.rows.filter(status__in=(Status.READY, Status.FAULTY)).exists()
    after = BackEntryImport.Status.STAGED if left else BackEntryImport.Status.DONE
    with transaction.atomic():
        BackEntryImport.objects.filter(pk=source.pk).update(status=after)
        append(f"back-entry:{source.pk}", "back_entry.taken", acting, {"rows": taken})
    return taken


def _take(number: int, source: BackEntryImport, acting: Acting) -> bool:
    """Enter one row; whoever comes second finds it taken."""
    try:
        with transaction.atomic():
            row = BackEntryRow.objects.select_for_update().get(pk=number)
            if row.status != Status.READY:
                return False
            row.case = enter_past(source.instrument, row.values, acting, source=source.pk)
            row.status = Status.TAKEN
            row.save(update_fields=["case", "status"])
    except InputFault as fault:
        faults: list[Fault] = [{"column": fault.field, "message": fault.message, "cure": fault.cure}]
        BackEntryRow.objects.filter(pk=number).update(status=Status.FAULTY, faults=faults)
        return False
    return True


def close(source: BackEntryImport, acting: Acting) -> int:
    """Leave the rest out: rows in = rows entered + rows left out; returns how many are left out.

    Raises
    ------
    NotAllowed
        If the role may not.
    """
    demand_enterer(acting)
    with transaction.atomic():
        rest = source.rows.filter(status__in=(Status.READY, Status.FAULTY)).update(status=Status.REFUSED)
        BackEntryImport.objects.filter(pk=source.pk).update(status=BackEntryImport.Status.DONE)
        append(f"back-entry:{source.pk}", "back_entry.closed", acting, {"left_out": rest})
    return rest
