"""Pages of the worklist, the lists of cases, search, notices and bulk back-entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huancheng.platform.casework.domain.saved_answers import save_answer
from huancheng.platform.casework.models import BackEntryImport, BackEntryRow
from huancheng.platform.common import clock
from tests.platform.doors import EVERYONE, SEE_CASE, Door, World

ENTER = frozenset({"county clerk", "officer", "office clerk"})
"""Those whose role enters what happened before."""
ENTER_HERE = frozenset({"officer", "office clerk"})
"""Those of them who see the office's workbook."""

DOORS = [
    Door("casework:worklist", EVERYONE),
    Door("casework:worklist-bulk", EVERYONE, method="post"),
    Door("casework:worklist-bulk", EVERYONE),
    Door("casework:worklist-beside", SEE_CASE, ("case",)),
    Door("casework:cases", EVERYONE),
    Door("casework:cases-xlsx", EVERYONE),
    Door("casework:search", EVERYONE),
    Door("casework:saved-answers", EVERYONE),
    Door("casework:save-answer", EVERYONE, method="post"),
    Door("casework:drop-answer", frozenset({"officer"}), ("saved_answer",), method="post"),
    Door("casework:messages", EVERYONE),
    Door("casework:messages-read", EVERYONE, method="post"),
    Door("casework:messages-wishes", EVERYONE),
    Door("casework:messages-wishes", EVERYONE, method="post"),
    Door("casework:back-entry", ENTER),
    Door("casework:back-entry", ENTER, method="post"),
    Door("casework:back-entry-template", ENTER, ("instrument",)),
    Door("casework:back-entry-one", ENTER, ("instrument",)),
    Door("casework:back-entry-one", ENTER, ("instrument",), method="post"),
    Door("casework:back-entry-import", ENTER_HERE, ("back_entry",)),
    Door("casework:back-entry-row", ENTER_HERE, ("back_entry", "back_entry_row")),
    Door("casework:back-entry-row", ENTER_HERE, ("back_entry", "back_entry_row"), method="post"),
    Door("casework:back-entry-enter", ENTER_HERE, ("back_entry",), method="post"),
    Door("casework:back-entry-leave", ENTER_HERE, ("back_entry",), method="post"),
]


def furnish(world: World, acting: Callable[..., Any]) -> None:
    """Put a workbook of the office's there, with one row that is wrong."""
    officer = acting("市专班办公室", "officer")
    source = BackEntryImport.objects.create(
        instrument="unit_plan", name="补录.xlsx", digest="0" * 64, body_id=officer.body, person_id=officer.person,
        role="officer", at=clock.now(),
    )  # fmt: skip
    row = BackEntryRow.objects.create(
        source=source, number=3, values={"title": "东关单元"}, status=BackEntryRow.Status.FAULTY,
        faults=[{"column": "jurisdiction", "message": "没有填写", "cure": "请补填"}],
    )  # fmt: skip
    saved = save_answer("同意。", officer)
    world.things |= {"saved_answer": saved, "back_entry": source, "back_entry_row": row, "instrument": "unit_plan"}
