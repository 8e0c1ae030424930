"""Answering a request: by the body's own people, or by the asker's clerk from a paper."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.moving import demand, lock, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.consultation.domain.settling import settle
from huancheng.platform.casework.procedures.consultation.models import OpinionAnswer, OpinionRequest
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.stage import body_of, check_day, is_under_way
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile

WORDY = frozenset({OpinionAnswer.Opinion.REMARKS, OpinionAnswer.Opinion.DISAGREE})
"""Opinions that must be told in words."""


def answer(
    request: int,
    acting: Acting,
    opinion: str,
    *,
    text: str = "",
    paper: str = "",
    day: date | None = None,
    scan: StoredFile | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """Answer a request, or revise the answer while the step is under way.

    An answer that comes after the step is over is kept and marked late; it counts in no result.

    Parameters
    ----------
    request
        Its id.
    acting
        One of the body's own people; or of the asking body, who then enters a paper with its number.
    opinion
        One of `OpinionAnswer.Opinion`.
    text
        Reasons; needed to disagree or to remark.
    paper
        Number of the written answer.
    day
        Date of the answer; today by default.
    scan
        Picture of the paper.
    expected
        Version of the case the person saw.

    Returns
    -------
    CaseStanding
        Where the case stands; the step may have ended by this answer.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If the request was cancelled, words or the paper's number are missing, or the date is wrong.
    """
    with transaction.atomic():
        row = OpinionRequest.objects.select_related("body").get(pk=request)
        standing = lock(row.case_id, expected)
        demand(acting, "answer", standing)
        row = OpinionRequest.objects.select_for_update(of=("self",)).select_related("body").get(pk=request)
        own = acting.body == row.body_id
        if not own and acting.body != row.asked_by_id:
            raise NotAllowed(_("只有%s或征询单位可以登记这份意见") % row.body, cure=_("请由被征询单位办理"))
        _check(row, opinion, text, paper, own=own)
        late = not is_under_way(standing, row.step, row.round)
        day = check_day(day, row.asked_on)
        given = OpinionAnswer.objects.create(
            request=row, opinion=opinion, text=text, paper=paper, day=day, entered_on=clock.today(),
            entered_by_id=body_of(acting), scan=scan, late=late,
        )  # fmt: skip
        record(
            standing, "answered", acting, words=text, day=day, step=row.step, body=row.body_id, opinion=opinion,
            paper=paper, late=late, answer=given.pk, scan=scan.sha256 if scan else "",
        )  # fmt: skip
        if late:
            return standing
        row.status, row.closed_on = OpinionRequest.Status.ANSWERED, day
        row.save(update_fields=["status", "closed_on"])
        return settle(standing, standing.plan.step(row.step))


def _check(row: OpinionRequest, opinion: str, text: str, paper: str, *, own: bool) -> None:
    if row.status == OpinionRequest.Status.CANCELLED:
        raise ProcedureFault(_("这份征询已撤销"), field="request", cure=_("无需答复"))
    if opinion not in OpinionAnswer.Opinion.values:
        raise ProcedureFault(_("请选择意见"), field="opinion", cure=_("同意、同意但有意见、不同意、无意见"))
    if opinion in WORDY and not text.strip():
        raise ProcedureFault(_("请写明具体意见"), field="text", cure=_("有意见或不同意时须写明内容"))
    if not own and not paper.strip():
        raise ProcedureFault(_("代为登记须填写来文号"), field="paper", cure=_("请填写书面意见的文号"))
