"""Decisions entered by clerks, as the page of a case shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import DecisionRecord
from huancheng.platform.casework.queries.case_names import CaseNames
from huancheng.platform.casework.queries.history import words_of
from huancheng.platform.casework.rules import independent


@dataclass(frozen=True, slots=True)
class RecordView:
    """A recorded decision.

    Parameters
    ----------
    record
        The row.
    step
        Word for its step.
    outcome
        Yes, no or the votes.
    words
        What the paper says.
    entered_by, checked_by
        Names.
    own
        Whether the reader entered it, by themselves or by delegation, and so can't check it.
    """

    record: DecisionRecord
    step: str
    outcome: str
    words: str
    entered_by: str
    checked_by: str
    own: bool


def records_of(
    records: Sequence[DecisionRecord],
    standing: CaseStanding,
    acting: Acting,
    entries: Sequence[LogEntry],
    names: CaseNames,
) -> list[RecordView]:
    """Return the recorded decisions of a case, newest first."""
    by_id = {entry.pk: entry for entry in entries}
    return [_view(record, standing, acting, by_id, names) for record in reversed(records)]


def _view(
    record: DecisionRecord, standing: CaseStanding, acting: Acting, entries: dict[int, LogEntry], names: CaseNames
) -> RecordView:
    pending = record.status == DecisionRecord.Status.PENDING
    return RecordView(
        record=record,
        step=names.step(record.step),
        outcome=outcome_of(record),
        words=words_of(entries[record.entry_id]),
        entered_by=names.person(record.entered_by_id),
        checked_by=names.person(record.checked_by_id) if record.checked_by_id else "",
        own=pending and not independent(acting, standing, record.step),
    )


def outcome_of(record: DecisionRecord) -> str:
    """Return what was decided, in words."""
    if record.yes is not None:
        counted = {"yes": record.yes, "present": record.present, "seats": record.seats, "recused": record.recused}
        return _("应到 %(seats)d，回避 %(recused)d，实到 %(present)d，同意 %(yes)d") % counted
    return _("办结") if record.passed is None else _("通过") if record.passed else _("不通过")
