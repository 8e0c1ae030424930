"""Putting a notice up, showing where it hangs, and taking it down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import apply, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Paper
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.notices.models import Hearing, Notice, NoticePaper, NoticePlace
from huancheng.platform.casework.procedures.stage import body_of, check_day, enter, time_from
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile
from huancheng.policy.routes.events import Event, EventKind


def publish(
    case: int,
    step: str,
    acting: Acting,
    *,
    title: str,
    text: str,
    contact: str = "",
    ends_on: date | None = None,
    papers: Collection[int] = (),
    expected: int | None = None,
) -> Notice:
    """Put up a notice; from now on the public reads it, and may object until its last day.

    Parameters
    ----------
    title, text
        What the public reads.
    contact
        Where else one may object.
    ends_on
        Last day; by default, and at least, the step's shortest time counted from today.
    papers
        Ids of the case's papers to be read with it; only the copies let out for the public are.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If one hangs already, words are missing, or the time is too short.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "publish_notice", acting, expected=expected)
        if Notice.objects.filter(case=case, step=step, round=standing.case.round).exists():
            raise ProcedureFault(_("本轮公示已经发布"), field="title", cure=_("内容有误的，请退回后重新公示"))
        if not title.strip() or not text.strip():
            raise ProcedureFault(_("请填写公示标题和内容"), field="text", cure=_("公众只看到这里填写的内容"))
        today = clock.today()
        shortest = time_from(standing, planned, today)
        least = shortest.day if shortest else today
        if ends_on is not None and ends_on < least:
            raise ProcedureFault(
                _("公示期不能短于规定期限，最早到 %s") % least, field="ends_on", cure=_("请改为该日或以后")
            )
        body = standing.body_of(planned)
        notice = Notice.objects.create(
            case=standing.case, step=step, round=standing.case.round, body_id=body.pk if body else body_of(acting),
            title=title, text=text, contact=contact, published_on=today,
            ends_on=ends_on or (shortest.day if shortest else None),
        )  # fmt: skip
        chosen = Paper.objects.filter(case=case, pk__in=set(papers), published__isnull=False)
        hung = NoticePaper.objects.bulk_create(
            NoticePaper(notice=notice, title=paper.title, copy=paper.published)
            for paper in chosen.select_related("published__stored")
        )
        record(
            standing, "publish_notice", acting, words=text, step=step, notice=notice.pk,
            ends_on=notice.ends_on.isoformat() if notice.ends_on else "",
            papers=[paper.copy.stored.sha256 for paper in hung],
        )  # fmt: skip
    return notice


def add_place(
    notice: int, acting: Acting, *, kind: str, place: str, day: date | None = None, evidence: StoredFile | None = None
) -> NoticePlace:
    """Show where else a notice hung: an address, a photograph of the board.

    Raises
    ------
    NotAllowed
        If the person may not publish in this step.
    ProcedureFault
        If the place or a right date is missing.
    """
    with transaction.atomic():
        row = Notice.objects.get(pk=notice)
        standing, _planned = enter(row.case_id, row.step, "publish_notice", acting)
        if kind not in NoticePlace.Kind.values or not place.strip():
            raise ProcedureFault(_("请填写张贴或发布的位置"), field="place", cure=_("如网址或公告栏位置"))
        day = check_day(day, row.published_on)
        made = NoticePlace.objects.create(notice=row, kind=kind, place=place, day=day, evidence=evidence)
        record(
            standing, "notice_placed", acting, day=day, step=row.step, notice=row.pk, kind=kind,
            evidence=evidence.sha256 if evidence else "",
        )  # fmt: skip
    return made


def complete_notice(
    case: int, step: str, acting: Acting, *, paper: str = "", words: str = "", expected: int | None = None
) -> CaseStanding:
    """End a notice that hung long enough and whose objections are all answered.

    Raises
    ------
    NotAllowed, Overtaken, RouteFault
        If the person, the moment or the route forbids it.
    ProcedureFault
        If none was published, its time is not over, or an objection waits for its answer.
    """
    with transaction.atomic():
        standing, _planned = enter(case, step, "complete", acting, expected=expected)
        notice = Notice.objects.filter(case=case, step=step, round=standing.case.round).first()
        if notice is None:
            raise ProcedureFault(_("尚未发布公示"), field="step", cure=_("请先发布公示"))
        event = Event(EventKind.COMPLETED, clock.today(), step=step, paper=paper)
        return apply(standing, "complete", acting, event, words=words, notice=notice.pk)


def record_hearing(
    case: int,
    step: str,
    acting: Acting,
    *,
    held_on: date,
    place: str,
    invited: int,
    attended: int,
    text: str,
    outcome: str,
    paper: str,
    scan: StoredFile | None = None,
    expected: int | None = None,
) -> Hearing:
    """Record a hearing held in a notice or hearing step. It ends nothing by itself.

    Parameters
    ----------
    invited, attended
        Numbers of people; names stay in the paper.
    text
        What was said.
    outcome
        What was taken up.
    paper
        Number of the hearing's record.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If something is missing or the numbers can't be.
    """
    with transaction.atomic():
        standing, _planned = enter(case, step, "record_hearing", acting, expected=expected)
        if attended > invited or attended < 0:
            raise ProcedureFault(_("到会人数不能多于通知人数"), field="attended", cure=_("请核对人数"))
        if not (text.strip() and outcome.strip() and paper.strip() and place.strip()):
            raise ProcedureFault(_("请填写地点、听证情况、采纳情况和笔录编号"), field="text", cure=_("四项均须填写"))
        day = check_day(held_on, standing.case.opened_on)
        hearing = Hearing.objects.create(
            case=standing.case, step=step, round=standing.case.round, held_on=day, place=place, invited=invited,
            attended=attended, text=text, outcome=outcome, paper=paper, scan=scan,
        )  # fmt: skip
        record(
            standing, "record_hearing", acting, words=f"{text}\n{outcome}", day=day, step=step, hearing=hearing.pk,
            paper=paper, invited=invited, attended=attended, scan=scan.sha256 if scan else "",
        )  # fmt: skip
    return hearing
