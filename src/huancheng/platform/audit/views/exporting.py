"""The log as a file: Excel, CSV, or lines of JSON. Taking it away is itself entered in the log."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.queries.listed import Listed, listed_in_chunks
from huancheng.platform.audit.queries.log_table import LogTable
from huancheng.platform.common import clock, xlsx
from huancheng.platform.common.tables import MOST_ROWS

FORMATS = {
    "xlsx": xlsx.CONTENT_TYPE,
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}
MARK = "\ufeff"
"""By which Excel tells that a file of text is UTF-8."""


def export(table: LogTable, wanted: str, acting: Acting) -> HttpResponse | StreamingHttpResponse:
    """Return what the filters leave, as a file; who took it, by which filters and up to which entry is logged first.

    Parameters
    ----------
    table
        The list with its filters.
    wanted
        One of `FORMATS`.
    acting
        Who takes it.
    """
    with transaction.atomic():
        # Who reads the log needs no right to change anything, so that filters are kept as given: they name entries.
        append("log:0", "log.exported", acting, {"format": wanted, "filters": sorted(table.asked)})
    rows = listed_in_chunks(table.rows.first(MOST_ROWS))
    name = f"huancheng-log-{clock.today():%Y%m%d}"
    if wanted == "xlsx":
        head = [str(column.title) for column in table.columns]
        cells = ([column.of(row) for column in table.columns] for row in rows)
        return xlsx.download(name, xlsx.workbook(str(table.title), head, cells))
    lines = _csv(table, rows) if wanted == "csv" else _jsonl(rows)
    answer = StreamingHttpResponse(lines, content_type=FORMATS[wanted])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _csv(table: LogTable, rows: Iterable[Listed]) -> Iterator[str]:
    yield MARK
    yield _row([str(column.title) for column in table.columns])
    for row in rows:
        yield _row([_harmless(column.of(row)) for column in table.columns])


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _harmless(value: Any) -> str:
    """Return a value as text that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(xlsx.RISKY) else text


def _jsonl(rows: Iterable[Listed]) -> Iterator[str]:
    """Yield entries whole, so that whoever has the file can compute the digests again."""
    for row in rows:
        event: Event = row.event
        said = {
            "id": event.pk, "stream": event.stream, "sequence": event.sequence, "code": event.code,
            "at": event.at.isoformat(), "day": event.day.isoformat(), "actor": event.actor, "body": event.body,
            "on_behalf_of": event.on_behalf_of, "role": event.role, "request": event.request, "data": event.data,
            "words": row.words, "words_digest": event.words_digest, "previous": event.previous,
            "digest": event.digest, "about": row.about, "what": row.what, "person": row.person, "body_name": row.body,
        }  # fmt: skip
        yield json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"
