"""Drawing a panel, and calling the next expert when one can't come."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import demand, lock, record
from huancheng.platform.casework.domain.sight import assign, unassign
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.experts.candidates import candidates, parties_of
from huancheng.platform.casework.procedures.experts.draw import exclusions, order_of_call
from huancheng.platform.casework.procedures.experts.models import Expert, Panel, PanelSeat
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.stage import enter, time_from
from huancheng.platform.common import clock
from huancheng.policy.routes.plan import PlannedStep

LEAST = "expert_panel_least"
"""Parameter of the pack: the smallest panel."""


def draw(
    case: int,
    step: str,
    acting: Acting,
    *,
    seats: int,
    fields: Iterable[str] = (),
    seed: str = "",
    expected: int | None = None,
) -> Panel:
    """Draw a panel for an expert review. There is one draw in a round: who dislikes it can't draw again.

    Parameters
    ----------
    seats
        How many experts; odd, and not fewer than the pack's smallest panel.
    fields
        Fields of knowledge wanted; empty for any.
    seed
        Only to repeat a draw; a fresh random one is made otherwise.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If there was a draw, the number does not fit, or too few may judge.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "draw_experts", acting, expected=expected)
        if Panel.objects.filter(case=case, step=step, round=standing.case.round).exists():
            raise ProcedureFault(_("本轮已抽取过专家"), field="seats", cure=_("专家不能参加时按顺序递补，不得重抽"))
        least = int(standing.book.parameters[LEAST].value)
        if seats % 2 == 0 or seats < least:
            raise ProcedureFault(_("专家组须为单数且不少于 %d 人") % least, field="seats", cure=_("请改人数"))
        wanted = sorted(set(fields))
        out, eligible = _sort_out(standing, planned, frozenset(wanted))
        if len(eligible) < seats:
            raise ProcedureFault(
                _("可抽取的专家只有 %(eligible)d 人，不足 %(seats)d 人") % {"eligible": len(eligible), "seats": seats},
                field="seats",
                cure=_("请放宽专业或充实专家库"),
            )
        seed = seed or secrets.token_hex(16)
        due = time_from(standing, planned, clock.today())
        panel = Panel.objects.create(
            case=standing.case, step=step, round=standing.case.round, seed=seed, seats=seats, fields=wanted,
            excluded=[{"expert": key, "reasons": value} for key, value in sorted(out.items())],
            drawn_on=clock.today(), due_on=due.day if due else None,
        )  # fmt: skip
        called = order_of_call(seed, eligible)[:seats]
        for order, expert in enumerate(called, start=1):
            _seat(panel, expert, order)
        record(
            standing, "draw_experts", acting, step=step, panel=panel.pk, seed=seed, seats=seats, fields=wanted,
            pool=sorted(eligible), excluded=sorted(out), drawn=called,
        )  # fmt: skip
    return panel


def decline(place: int, acting: Acting, *, reason: str, expected: int | None = None) -> PanelSeat | None:
    """Take an expert off a panel who can't sit on it, and call the next in the order of the draw.

    The expert may say so, or who may draw. Conflicts are looked at anew: one entered since the draw excludes.

    Returns
    -------
    PanelSeat or None
        The replacement; None where nobody is left, so that the seat stays empty.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If an opinion was given, the panel has concluded, or no reason is given.
    """
    with transaction.atomic():
        found = PanelSeat.objects.select_related("panel", "expert").get(pk=place)
        panel = found.panel
        standing = lock(panel.case_id, expected)
        own = found.expert.person_id == acting.person
        demand(acting, "give_opinion" if own else "draw_experts", standing, "" if own else panel.step)
        row = PanelSeat.objects.select_for_update(of=("self",)).select_related("expert").get(pk=place)
        if row.status != PanelSeat.Status.ASSIGNED or panel.status != Panel.Status.OPEN:
            raise ProcedureFault(_("已出具意见或已退出的专家不能再递补"), field="place", cure=_("请刷新页面"))
        if not reason.strip():
            raise ProcedureFault(_("请写明不能参加的理由"), field="reason", cure=_("如：回避、健康、时间冲突"))
        row.status, row.declined_reason = PanelSeat.Status.DECLINED, reason
        row.save(update_fields=["status", "declined_reason"])
        unassign(panel.case, row.expert.person_id)
        follower = _next(standing, panel)
        fresh = _seat(panel, follower, panel.places.count() + 1, replaces=row) if follower else None
        record(
            standing, "expert_declined", acting, step=panel.step, panel=panel.pk, expert=row.expert_id,
            follower=follower,
        )  # fmt: skip
    return fresh


def _sort_out(
    standing: CaseStanding, planned: PlannedStep, fields: frozenset[str]
) -> tuple[dict[int, list[str]], list[int]]:
    """Return who is left out, with reasons, and who may be called."""
    parties = parties_of(standing, planned)
    found = {
        item.expert: exclusions(item, parties=parties, subject=standing.case.subject_id, fields=fields)
        for item in candidates()
    }
    out = {expert: [reason.value for reason in reasons] for expert, reasons in found.items() if reasons}
    return out, [expert for expert, reasons in found.items() if not reasons]


def _next(standing: CaseStanding, panel: Panel) -> int | None:
    """Return the next expert in the order of the draw who was not called and may judge today."""
    _, eligible = _sort_out(standing, standing.plan.step(panel.step), frozenset(panel.fields))
    called = set(panel.places.values_list("expert_id", flat=True))
    return next((expert for expert in order_of_call(panel.seed, eligible) if expert not in called), None)


def _seat(panel: Panel, expert: int, order: int, replaces: PanelSeat | None = None) -> PanelSeat:
    person = Expert.objects.values_list("person_id", flat=True).get(pk=expert)
    assign(panel.case, person)
    return PanelSeat.objects.create(panel=panel, expert_id=expert, order=order, replaces=replaces)
