"""Who may read the scans of procedures, and the papers that hang with a notice."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.procedures.consultation.models import Finding, OpinionAnswer
from huancheng.platform.casework.procedures.experts.models import ExpertOpinion
from huancheng.platform.casework.procedures.experts.queries import opinions_shown
from huancheng.platform.casework.procedures.meetings.queries import visible_meetings
from huancheng.platform.casework.procedures.notices.models import Hearing, NoticePaper, NoticePlace
from huancheng.platform.casework.procedures.notices.queries import public_papers, published_notices
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.files.domain.reading import Readable, add_gate
from huancheng.platform.files.formats import formats
from huancheng.platform.files.models import StoredFile


def opinion_answer(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see the case read the paper of an answer."""
    rows = OpinionAnswer.objects.filter(request__case__in=visible_cases(acting))
    return _scan(rows, number, "opinion")


def finding(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see the case read the paper of a finding."""
    return _scan(Finding.objects.filter(case__in=visible_cases(acting)), number, "finding")


def hearing(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see the case read a hearing's record."""
    return _scan(Hearing.objects.filter(case__in=visible_cases(acting)), number, "hearing")


def expert_opinion(number: int, acting: Acting | None) -> Readable | None:
    """Let those who may read an expert's opinion read the signed sheet too."""
    if acting is None:
        return None
    rows = ExpertOpinion.objects.filter(place__panel__case__in=visible_cases(acting)).select_related("place__panel")
    row = rows.filter(pk=number).first()
    if row is None or row not in opinions_shown(row.place.panel, acting):
        return None
    return _scan(rows, number, "expert-opinion")


def minutes(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see the meeting read its minutes."""
    return _scan(visible_meetings(acting), number, "minutes")


def notice_place(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see the case look at the evidence that a notice hung."""
    rows = NoticePlace.objects.filter(notice__case__in=visible_cases(acting))
    return _scan(rows, number, "place", field="evidence")


def notice_paper(number: int, _acting: Acting | None) -> Readable | None:
    """Let everybody read a public copy that hangs with a notice, as long as it is let out."""
    row = NoticePaper.objects.filter(pk=number, notice__in=published_notices()).select_related("notice").first()
    paper = public_papers(row.notice).filter(pk=number).first() if row else None
    return _named(paper.copy.stored, paper.title) if paper else None


def add_gates() -> None:
    """Answer for the files of procedures; called when the app starts."""
    gates = {
        "opinion-answers": opinion_answer, "findings": finding, "hearings": hearing,
        "expert-opinions": expert_opinion, "minutes": minutes, "notice-places": notice_place,
        "notice-papers": notice_paper,
    }  # fmt: skip
    for owner, gate in gates.items():
        add_gate(owner, gate)


def _scan(rows: QuerySet[Any], number: int, word: str, *, field: str = "scan") -> Readable | None:
    row = rows.filter(pk=number, **{f"{field}__isnull": False}).select_related(field).first()
    return _named(getattr(row, field), f"{word}-{number}") if row else None


def _named(stored: StoredFile, title: str) -> Readable:
    """Name a file by what it is, with the ending of its format."""
    return Readable(stored, f"{title}.{formats()[stored.format].extensions[0]}")
