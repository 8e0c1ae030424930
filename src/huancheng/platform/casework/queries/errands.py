"""What waits for a person beside the steps: a second look at a record or vote, an opinion asked for, an objection.

Apps above add their sources; each says in its query whose errand it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Case, DecisionRecord, Task
from huancheng.platform.casework.procedures.consultation.queries import open_requests
from huancheng.platform.casework.procedures.experts.queries import open_reviews
from huancheng.platform.casework.procedures.meetings.queries import open_confirmations
from huancheng.platform.casework.procedures.notices.models import Notice
from huancheng.platform.casework.procedures.notices.queries import open_objections

MOST = 50
"""Errands of one source shown; the worklist is no archive."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do.

    Parameters
    ----------
    words
        What, in a few words.
    case
        In which case.
    link
        Where it is done.
    due_on
        By when; None where no time is set.
    """

    words: str
    case: Case
    link: str
    due_on: date | None = None


Source = Callable[[Acting], Iterable[Errand]]
_SOURCES: list[Source] = []


def add_errands(source: Source) -> None:
    """Add a source; called when its app is ready."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def errands_of(acting: Acting) -> list[Errand]:
    """Return what waits for a person from every source, soonest first; one query for each source that concerns them."""
    found = [errand for source in _SOURCES for errand in source(acting)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.max))


def records_to_confirm(acting: Acting) -> list[Errand]:
    """Return the recorded decisions that wait for a second person whom this person could be."""
    if acting.body is None or acting.role not in current_book().posts.act("confirm_record").roles:
        return []
    own_body = Q(body=acting.body) | Q(through=acting.body)
    here = Task.objects.filter(own_body, case=OuterRef("case"), step=OuterRef("step"))
    rows = DecisionRecord.objects.filter(Exists(here), status=DecisionRecord.Status.PENDING)
    own = {acting.person, acting.on_behalf_of} - {None}
    rows = rows.exclude(entered_by__in=own).exclude(entered_on_behalf_of__in=own).select_related("case")
    return [
        Errand(
            _("复核登记的决定（%s）") % row.paper, row.case, _link("step-act", row.case_id, "confirm_record", row.step)
        )
        for row in rows.order_by("pk")[:MOST]
    ]


def opinions_to_give(acting: Acting) -> list[Errand]:
    """Return the opinions asked of a person's body."""
    return [
        Errand(_("答复%s的征询") % row.asked_by.name, row.case, _link("answer-opinion", row.pk), row.due_on)
        for row in open_requests(acting)[:MOST]
    ]


def reviews_to_write(acting: Acting) -> list[Errand]:
    """Return the reviews asked of a person as an expert."""
    return [
        Errand(_("出具专家意见"), row.panel.case, _link("panel-place", row.pk), row.panel.due_on)
        for row in open_reviews(acting)[:MOST]
    ]


def votes_to_confirm(acting: Acting) -> list[Errand]:
    """Return the votes that wait for a second person."""
    return [
        Errand(_("复核会议表决"), row.case, _link("agenda-item", row.pk)) for row in open_confirmations(acting)[:MOST]
    ]


def objections_to_answer(acting: Acting) -> list[Errand]:
    """Return the notices whose objections wait for an answer."""
    return [
        Errand(_objections(row), row.case, _link("notice", row.case_id, row.step), row.ends_on)
        for row in open_objections(acting)[:MOST]
    ]


def _objections(notice: Notice) -> str:
    return _("答复公示异议（%d 条）") % getattr(notice, "unanswered", 0)


def _link(name: str, *places: int | str) -> str:
    return reverse(f"casework:{name}", args=places)


OWN_SOURCES = (records_to_confirm, opinions_to_give, reviews_to_write, votes_to_confirm, objections_to_answer)
"""The sources of this app."""
