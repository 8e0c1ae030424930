"""Handing out what a procedure has come to, as a workbook or a document."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huancheng.platform.common import clock
from huancheng.report.document import Document
from huancheng.report.writers.sheets import Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def workbook(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Return sheets as an xlsx file to be saved under a name; text never becomes a formula."""
    from huancheng.report.writers.workbook import write_workbook

    dated = clock.today().isoformat()
    return _file(
        f"{name}.xlsx", XLSX, lambda path: write_workbook(path, sheets, title=name, author=_("焕城"), dated=dated)
    )


def document(name: str, content: Document) -> HttpResponse:
    """Return a document as docx to be saved under a name."""
    from huancheng.report.writers.docx import write_docx

    return _file(f"{name}.docx", DOCX, lambda path: write_docx(content, path))


def _file(name: str, media_type: str, write: Callable[[Path], None]) -> HttpResponse:
    with tempfile.TemporaryDirectory(prefix="huancheng-") as folder:
        path = Path(folder) / "file"
        write(path)
        answer = HttpResponse(path.read_bytes(), content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
