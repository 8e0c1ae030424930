"""The part of the case page that tells what runs inside its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.consultation.domain.finding import RESULTS
from huancheng.platform.casework.procedures.consultation.domain.settling import ASKING
from huancheng.platform.casework.procedures.consultation.models import Finding, OpinionRequest
from huancheng.platform.casework.procedures.experts.models import Panel, PanelSeat
from huancheng.platform.casework.procedures.meetings.models import AgendaItem
from huancheng.platform.casework.procedures.notices.models import Hearing, Notice
from huancheng.platform.casework.rules import MEETS
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import StepStatus


@dataclass(frozen=True, slots=True)
class StepProcedure:
    """What runs in a step.

    Parameters
    ----------
    kind, body
        The step in words.
    words
        How far it is.
    tone
        Colour of its light.
    url
        Page where it is done.
    """

    kind: str
    body: str
    words: str
    tone: str
    url: str


def procedures_of(standing: CaseStanding, _acting: Acting) -> list[StepProcedure] | None:
    """Return what runs or ran in the steps of a case, in the order of the route; None where nothing does.

    Six queries, however many steps there are.
    """
    told = _told(standing)
    begun = (StepStatus.READY, StepStatus.STOPPED)
    shown: list[StepProcedure] = []
    for planned in standing.plan.steps:
        name = planned.step.id
        under_way = standing.step(name).status in begun
        for page, sort, words in _PAGES:
            said = told.get((page, name))
            if said is None and not (under_way and sort(planned)):
                continue
            text, tone = said or (_(words), "amber")
            kind = _(planned.step.kind.official)
            url = reverse(f"casework:{page}", args=[standing.case.pk, name])
            shown.append(StepProcedure(kind, planned.body.name, text, tone, url))
    return shown or None


def _kind_in(*kinds: StepKind) -> Callable[[PlannedStep], bool]:
    return lambda planned: planned.step.kind in kinds


def _is_voted(planned: PlannedStep) -> bool:
    return planned.step.vote is not None and planned.step.kind in MEETS


_PAGES: tuple[tuple[str, Callable[[PlannedStep], bool], str], ...] = (
    ("consultation", _kind_in(*ASKING), gettext_noop("尚未征询")),
    ("finding", _kind_in(*RESULTS), gettext_noop("尚无结论")),
    ("panel", _kind_in(StepKind.EXPERT_REVIEW), gettext_noop("尚未抽取专家")),
    (
        "case-meeting",
        _is_voted,
        gettext_noop("尚未列入会议"),
    ),
    ("notice", _kind_in(StepKind.NOTICE, StepKind.HEARING), gettext_noop("尚未发布公示")),
)
"""Page, steps in which it is offered before anything was done there, and the words for that."""
Told = dict[tuple[str, str], tuple[str, str]]


def _told(standing: CaseStanding) -> Told:
    """Return words and tone by page and step, for this round."""
    here = {"case": standing.case, "round": standing.case.round}
    told: Told = {}
    live = ~Q(status=OpinionRequest.Status.CANCELLED)
    waits = Count("pk", filter=Q(status=OpinionRequest.Status.OPEN))
    asked = OpinionRequest.objects.filter(live, **here).order_by().values("step")
    for row in asked.annotate(asked=Count("pk"), waits=waits):
        told["consultation", row["step"]] = _progress(row["asked"], row["waits"])
    for found in Finding.objects.filter(**here):
        told["finding", found.step] = (str(found.get_result_display()), "green")
    given = Count("places", filter=Q(places__status=PanelSeat.Status.GIVEN))
    for panel in Panel.objects.filter(**here).annotate(given=given):
        words = _("专家意见 %(given)d/%(seats)d") % {"given": panel.given, "seats": panel.seats}
        told["panel", panel.step] = (words, "green" if panel.status == Panel.Status.CONCLUDED else "amber")
    for item in AgendaItem.objects.filter(~Q(status=AgendaItem.Status.DEFERRED), **here).select_related("meeting"):
        tone = "green" if item.status == AgendaItem.Status.DECIDED else "amber"
        told["case-meeting", item.step] = (f"{item.meeting.title} · {item.get_status_display()}", tone)
    for hearing in Hearing.objects.filter(**here):
        told["notice", hearing.step] = (_("%s 举行听证") % hearing.held_on, "teal")
    for notice in _notices(here):
        told["notice", notice.step] = _hung(notice)
    return told


def _progress(asked: int, waits: int) -> tuple[str, str]:
    words = ngettext("已答复 %(done)d/%(asked)d 家", "已答复 %(done)d/%(asked)d 家", asked)
    return words % {"done": asked - waits, "asked": asked}, "amber" if waits else "green"


def _notices(here: dict[str, object]) -> list[Notice]:
    waits = Count("objections", filter=Q(objections__verdict=""))
    return list(Notice.objects.filter(**here).annotate(objected=Count("objections"), waits=waits))


def _hung(notice: Notice) -> tuple[str, str]:
    until = _("公示至 %s") % notice.ends_on if notice.ends_on else _("已公布")
    objected: int = notice.objected  # type: ignore[attr-defined]
    waits: int = notice.waits  # type: ignore[attr-defined]
    if not objected:
        return until, "teal"
    words = _("%(until)s，意见 %(number)d 条，%(waits)d 条待答复")
    return words % {"until": until, "number": objected, "waits": waits}, "amber" if waits else "green"
