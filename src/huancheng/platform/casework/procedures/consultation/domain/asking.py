"""Asking bodies for their opinion, and taking a request back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.moving import record
from huancheng.platform.casework.domain.sight import show_to
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.consultation.domain.settling import asked_now, settle
from huancheng.platform.casework.procedures.consultation.members import members_of
from huancheng.platform.casework.procedures.consultation.models import OpinionRequest
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.stage import body_of, enter, time_from
from huancheng.platform.common import clock


def ask(
    case: int,
    step: str,
    acting: Acting,
    bodies: Iterable[int],
    *,
    matter: str = "",
    due: date | None = None,
    expected: int | None = None,
) -> list[OpinionRequest]:
    """Ask bodies for their opinion; each member of a group is asked for itself.

    Parameters
    ----------
    case, step
        Where.
    acting
        Who asks.
    bodies
        Ids of bodies or groups.
    matter
        What is asked, in words.
    due
        Last day, where the step sets no time; else the step's days count from today.
    expected
        Version of the case the person saw.

    Returns
    -------
    list of OpinionRequest
        New requests; bodies asked before in this round are passed over.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If nobody new is named, or the day lies in the past.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "consult", acting, expected=expected)
        today = clock.today()
        asked = set(asked_now(standing, step).values_list("body_id", flat=True))
        chosen = Body.objects.filter(pk__in=set(bodies), active=True)
        fresh = {item for body in chosen for item in members_of(body, standing.book) if item.pk not in asked}
        if not fresh:
            raise ProcedureFault(_("没有可以征询的新单位"), field="bodies", cure=_("请选择尚未征询、且有成员的单位"))
        time = time_from(standing, planned, today)
        if time is None and due is not None and due < today:
            raise ProcedureFault(_("答复期限 %s 已过") % due, field="due", cure=_("请改为今天或以后"))
        requests = OpinionRequest.objects.bulk_create(
            OpinionRequest(
                case=standing.case, step=step, round=standing.case.round, body=body, asked_by_id=body_of(acting),
                asked_on=today, due_on=time.day if time else due, provisional=bool(time and time.provisional),
                silence_consents=planned.step.silence == "no_objection", matter=matter,
            )
            for body in sorted(fresh, key=lambda item: item.pk)
        )  # fmt: skip
        show_to(standing.case, fresh)
        last = requests[0].due_on
        record(
            standing, "consult", acting, words=matter, step=step, bodies=[item.body_id for item in requests],
            due=last.isoformat() if last else "",
        )  # fmt: skip
    return requests


def cancel(request: int, acting: Acting, *, reason: str) -> CaseStanding:
    """Take a request back that was not answered; the step goes on without that body.

    Raises
    ------
    NotAllowed
        If the person may not ask in this step.
    ProcedureFault
        If it was answered, or no reason is given.
    """
    with transaction.atomic():
        row = OpinionRequest.objects.get(pk=request)
        standing, planned = enter(row.case_id, row.step, "consult", acting)
        row = OpinionRequest.objects.select_for_update().get(pk=request)
        if row.status != OpinionRequest.Status.OPEN:
            raise ProcedureFault(_("这份征询已答复或已结束，不能撤销"), cure=_("请刷新页面"))
        if not reason.strip():
            raise ProcedureFault(_("撤销征询须写明理由"), field="reason", cure=_("请填写理由"))
        row.status, row.closed_on = OpinionRequest.Status.CANCELLED, clock.today()
        row.save(update_fields=["status", "closed_on"])
        record(standing, "consult_cancelled", acting, words=reason, step=row.step, body=row.body_id)
        return settle(standing, planned)
