"""案卷说明: the case told from beginning to end, for a reader without the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from huancheng.platform.casework.documents.dossier import OUTCOMES, Dossier
from huancheng.platform.casework.documents.summary import STATES
from huancheng.platform.casework.models import Paper, PaperVersion
from huancheng.platform.casework.queries.history import words_of
from huancheng.platform.casework.queries.log_words import Entry, tell_entry
from huancheng.platform.files.models import StoredFile
from huancheng.report.document import Align, Column, Document, Heading, Note, Table, text

PaperRow = tuple[Paper, PaperVersion, str, StoredFile]
"""A paper, its version, what edition it is in words, and the file."""


def case_facts(dossier: Dossier) -> dict[str, Any]:
    """Return what a case is, as plain data in a fixed order."""
    case, state = dossier.case, dossier.standing.state
    return {
        "案卷号": case.number, "题名": case.title, "文种": dossier.instrument, "辖区": dossier.jurisdiction,
        "发起单位": case.opened_by.name, "发起日期": case.opened_on.isoformat(), "状态": STATES[state.status],
        "轮次": state.round, "路线": dossier.standing.plan.route.title, "政策包": case.pack, "补录": case.back_entered,
        "state": state.as_dict(),
        "环节": [
            {
                "环节": planned.step.kind.official, "id": planned.step.id, "单位": dossier.body_of(planned),
                "结果": OUTCOMES[step.status], "文号": step.paper,
            }
            for planned, step in dossier.steps
        ],
    }  # fmt: skip


def case_record(dossier: Dossier, papers: Sequence[PaperRow]) -> Document:
    """Return the case as a document: facts, way, log, papers."""
    case = dossier.case
    return Document(
        "案卷说明", f"{case.number}　{case.title}", case.opened_by.name, dossier.day.isoformat(),
        (
            Heading(1, "基本情况"), _facts(dossier),
            Heading(1, "办理环节"), _steps(dossier),
            Heading(1, "经过"), _log(dossier),
            Heading(1, "附件目录"), _papers(papers),
            Note(text("本说明由系统依案卷记录生成；校验方法见同一文件夹内“校验说明.txt”。")),
        ),
    )  # fmt: skip


def _facts(dossier: Dossier) -> Table:
    facts = case_facts(dossier)
    names = ("案卷号", "题名", "文种", "辖区", "发起单位", "发起日期", "状态", "轮次", "路线", "政策包")
    rows = tuple((text(name), text(str(facts[name]))) for name in names)
    return Table("案卷信息", (Column("项目", 1), Column("内容", 4)), rows)


def _steps(dossier: Dossier) -> Table:
    columns = (
        Column("环节", 2, Align.CENTRE), Column("单位", 4), Column("起", 2.2), Column("止", 2.2), Column("结果", 2.4),
        Column("文号", 3),
    )  # fmt: skip
    rows = tuple(
        (
            text(planned.step.kind.official), text(dossier.body_of(planned)),
            text(step.ready_on.isoformat() if step.ready_on else ""),
            text(step.ended_on.isoformat() if step.ended_on else ""), text(OUTCOMES[step.status]), text(step.paper),
        )
        for planned, step in dossier.steps
    )  # fmt: skip
    return Table("办理环节", columns, rows, small=True)


def _log(dossier: Dossier) -> Table:
    columns = (
        Column("序", 0.8), Column("登记时间", 2.6), Column("办理人", 4), Column("事项", 3.4), Column("意见或说明", 5),
    )  # fmt: skip
    rows = []
    for entry in dossier.entries:
        told = tell_entry(Entry(entry, dossier.names))
        at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M")
        said = "；".join(words for words in (words_of(entry), *told.notes) if words)
        rows.append((text(str(entry.sequence)), text(at), text(dossier.names.who(entry)), text(told.title), text(said)))
    return Table("经过", columns, tuple(rows), small=True)


def _papers(papers: Sequence[PaperRow]) -> Table:
    columns = (
        Column("件号", 1), Column("题名", 4), Column("种类", 2), Column("版本", 2), Column("文号", 3),
        Column("日期", 2.2), Column("页数", 1, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (
            text(str(paper.position)), text(paper.title), text(paper.get_kind_display()), text(edition),
            text(paper.number), text(paper.dated.isoformat() if paper.dated else ""), text(str(stored.pages or "")),
        )
        for paper, _version, edition, stored in papers
    )  # fmt: skip
    return Table("附件目录", columns, rows, small=True)
