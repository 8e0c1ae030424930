"""What officers' pages, public pages and the worklist ask about notices."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Paper, Task
from huancheng.platform.casework.procedures.notices.models import Hearing, Notice, NoticePaper, Objection
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.common import clock


def published_notices() -> QuerySet[Notice]:
    """Return what the public may read, newest first: notices that hang or have hung, nothing else of their cases."""
    return Notice.objects.filter(published_on__lte=clock.today()).select_related("body")


def public_papers(notice: Notice) -> QuerySet[NoticePaper]:
    """Return the papers that may be read with a notice now: a copy drawn back from the public is gone here too."""
    return notice.papers.filter(copy__published_as__isnull=False).select_related("copy__stored")


def notice_in(standing: CaseStanding, step: str) -> Notice | None:
    """Return the notice of a step in the round of now."""
    rows = Notice.objects.filter(case=standing.case, step=step, round=standing.case.round)
    return rows.select_related("body").first()


def notices_before(standing: CaseStanding, step: str) -> QuerySet[Notice]:
    """Return the notices of a step in earlier rounds."""
    return Notice.objects.filter(case=standing.case, step=step, round__lt=standing.case.round)


def objections_of(notice: Notice, acting: Acting) -> QuerySet[Objection]:
    """Return a notice's objections; who sent them only to roles that answer them."""
    rows = notice.objections.order_by("verdict", "pk")
    return rows.select_related("contact") if may_read_contacts(acting) else rows


def may_read_contacts(acting: Acting) -> bool:
    """Whether a person's role answers objections, so that they may know who to answer."""
    return acting.role in current_book().posts.act("answer_objection").roles


def hearings_in(standing: CaseStanding, step: str) -> QuerySet[Hearing]:
    """Return the hearings of a step."""
    return Hearing.objects.filter(case=standing.case, step=step)


def open_objections(acting: Acting | None) -> QuerySet[Notice]:
    """Return the notices with objections a person may answer that wait: entries for the worklist."""
    if acting is None or acting.body is None or not may_read_contacts(acting):
        return Notice.objects.none()
    here = Q(body=acting.body) | Q(through=acting.body)
    waiting = Task.objects.filter(here, case=OuterRef("case"), step=OuterRef("step"))
    unanswered = Count("objections", filter=Q(objections__verdict=""))
    rows = Notice.objects.filter(Exists(waiting), round=F("case__round"), case__in=visible_cases(acting))
    return (
        rows.annotate(unanswered=unanswered).filter(unanswered__gt=0).select_related("case").order_by("ends_on", "pk")
    )


def papers_for_public(standing: CaseStanding) -> QuerySet[Paper]:
    """Return the case's papers of which a copy was let out for the public."""
    return Paper.objects.filter(case=standing.case, published__isnull=False)
