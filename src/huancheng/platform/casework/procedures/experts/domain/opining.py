"""Opinions of experts, and the conclusion drawn from them."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import apply, demand, lock, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.experts.counting import count
from huancheng.platform.casework.procedures.experts.models import ExpertOpinion, Panel, PanelSeat
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.stage import check_day, enter, is_under_way
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile
from huancheng.policy.routes.events import Event, EventKind


def give_opinion(
    place: int,
    acting: Acting,
    verdict: str,
    *,
    text: str,
    day: date | None = None,
    paper: str = "",
    scan: StoredFile | None = None,
    expected: int | None = None,
) -> ExpertOpinion:
    """Give an expert's opinion: the expert themself, or the clerk from the signed sheet.

    The log tells that one came, not what it says: other experts read the log too, and must not know before all are in.
    The conclusion logs the digest of every opinion.

    Parameters
    ----------
    place
        Seat on the panel.
    verdict
        One of `ExpertOpinion.Verdict`.
    text
        The opinion; always needed.
    day
        Date of the sheet.
    paper
        Number or name of the signed sheet; needed when somebody else enters it.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If the place waits for no opinion, or something is missing.
    """
    with transaction.atomic():
        found = PanelSeat.objects.select_related("panel", "expert").get(pk=place)
        panel = found.panel
        standing = lock(panel.case_id, expected)
        own = found.expert.person_id == acting.person
        demand(acting, "give_opinion" if own else "draw_experts", standing, "" if own else panel.step)
        row = PanelSeat.objects.select_for_update(of=("self",)).get(pk=place)
        waits = row.status == PanelSeat.Status.ASSIGNED and panel.status == Panel.Status.OPEN
        if not waits or not is_under_way(standing, panel.step, panel.round):
            raise ProcedureFault(_("此专家席位现在不接受意见"), field="place", cure=_("请刷新页面，核对论证是否已结束"))
        _check(verdict, text, paper, own=own)
        day = check_day(day, panel.drawn_on)
        opinion = ExpertOpinion.objects.create(
            place=row, verdict=verdict, text=text, day=day, entered_for=not own, paper=paper, scan=scan
        )
        row.status = PanelSeat.Status.GIVEN
        row.save(update_fields=["status"])
        record(
            standing, "give_opinion", acting, day=day, step=panel.step, panel=panel.pk, expert=found.expert_id,
            paper=paper, scan=scan.sha256 if scan else "",
        )  # fmt: skip
    return opinion


def conclude_panel(
    case: int,
    step: str,
    acting: Acting,
    *,
    summary: str,
    passed: bool | None = None,
    paper: str = "",
    expected: int | None = None,
) -> CaseStanding:
    """End an expert review. Where the route sets a vote rule, the opinions decide; else the person says yes or no.

    Parameters
    ----------
    summary
        What the opinions come to, for the meeting.
    passed
        Yes or no, only where the route sets no vote rule.
    paper
        Number of the panel's paper.

    Raises
    ------
    NotAllowed, Overtaken, RouteFault
        If the person, the moment or the route forbids it.
    ProcedureFault
        If no panel was drawn, too few opinions are in, or the summary is missing.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "conclude", acting, expected=expected)
        panel = Panel.objects.select_for_update().filter(case=case, step=step, round=standing.case.round).first()
        if panel is None:
            raise ProcedureFault(_("尚未抽取专家"), field="step", cure=_("请先抽取专家组"))
        counted, rule = count(panel), planned.step.vote
        if not counted.has_quorum(rule):
            raise ProcedureFault(
                _("已收到 %(given)d 份意见，专家组 %(seats)d 人，尚不足以形成结论")
                % {"given": counted.given, "seats": counted.seats},
                field="step",
                cure=_("请催收意见或递补专家"),
            )
        if not summary.strip():
            raise ProcedureFault(_("请填写论证意见汇总"), field="summary", cure=_("供会议审议使用"))
        event = Event(
            EventKind.DECIDED, clock.today(), step=step, paper=paper, vote=counted.vote if rule else None,
            passed=None if rule else passed,
        )  # fmt: skip
        panel.status, panel.summary, panel.paper = Panel.Status.CONCLUDED, summary, paper
        panel.passed = counted.passes(rule) if rule else passed
        panel.save(update_fields=["status", "summary", "paper", "passed"])
        return apply(
            standing, "conclude", acting, event, words=summary, panel=panel.pk, verdicts=counted.verdicts,
            opinions=_digests(panel),
        )  # fmt: skip


def _digests(panel: Panel) -> list[list[int | str]]:
    """Return each opinion's place with the digest of what it says, so that none can be changed unseen."""
    rows = ExpertOpinion.objects.filter(place__panel=panel).order_by("place")
    said = rows.values_list("place", "verdict", "text")
    return [[place, hashlib.sha256(f"{verdict}\n{text}".encode()).hexdigest()] for place, verdict, text in said]


def _check(verdict: str, text: str, paper: str, *, own: bool) -> None:
    if verdict not in ExpertOpinion.Verdict.values:
        raise ProcedureFault(_("请选择结论"), field="verdict", cure=_("赞成、修改后赞成、反对"))
    if not text.strip():
        raise ProcedureFault(_("请写明意见"), field="text", cure=_("专家意见须有具体内容"))
    if not own and not paper.strip():
        raise ProcedureFault(_("代为登记须注明签名意见表"), field="paper", cure=_("请填写签名表编号"))
