"""What pages and the worklist ask about experts; who may see what is decided here."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.experts.counting import count
from huancheng.platform.casework.procedures.experts.draw import Exclusion
from huancheng.platform.casework.procedures.experts.models import Expert, ExpertOpinion, Panel, PanelSeat
from huancheng.platform.casework.queries.visible import visible_cases

EXCLUSION_WORDS = {
    Exclusion.EMPLOYER: _("在本案参与单位工作"),
    Exclusion.BODY: _("与本案参与单位有利害关系"),
    Exclusion.SUBJECT: _("与本案对象有利害关系"),
    Exclusion.POST: _("在本案参与单位任职"),
    Exclusion.FIELD: _("不属所需专业"),
}
"""Why an expert was left out, in words."""


def pool_list() -> QuerySet[Expert]:
    """Return the pool with how often each was drawn and declined."""
    declined = Count("places", filter=Q(places__status=PanelSeat.Status.DECLINED), distinct=True)
    rows = Expert.objects.select_related("person", "employer").annotate(
        drawn=Count("places", distinct=True), declined=declined, held=Count("conflicts", distinct=True)
    )
    return rows.order_by("-active", "pk")


def open_reviews(acting: Acting | None) -> QuerySet[PanelSeat]:
    """Return the places for which a person owes an opinion, soonest first: the worklist's entries for experts."""
    if acting is None or not is_expert(acting):
        return PanelSeat.objects.none()
    rows = PanelSeat.objects.filter(
        expert__person=acting.person, status=PanelSeat.Status.ASSIGNED, panel__status=Panel.Status.OPEN
    )
    return rows.select_related("panel__case").order_by("panel__due_on", "pk")


def places_of(acting: Acting) -> QuerySet[PanelSeat]:
    """Return every place a person holds or held, newest first; those they declined say no more than that."""
    rows = PanelSeat.objects.filter(expert__person=acting.person).exclude(status=PanelSeat.Status.DECLINED)
    return rows.select_related("panel__case", "opinion").order_by("-pk")


def panel_in(standing: CaseStanding, step: str) -> Panel | None:
    """Return the panel of a step in the round of now."""
    return Panel.objects.filter(case=standing.case, step=step, round=standing.case.round).first()


def panels_before(standing: CaseStanding, step: str) -> QuerySet[Panel]:
    """Return the panels of a step in earlier rounds, newest first."""
    return Panel.objects.filter(case=standing.case, step=step, round__lt=standing.case.round).order_by("-round")


def fields_known() -> list[str]:
    """Return the fields of knowledge of the pool, each once."""
    return sorted(
        {name for names in Expert.objects.filter(active=True).values_list("fields", flat=True) for name in names}
    )


def excluded_from(panel: Panel) -> list[tuple[Expert, list[str]]]:
    """Return who was left out of a draw, with the reasons in words."""
    experts = Expert.objects.select_related("person").in_bulk([item["expert"] for item in panel.excluded])
    return [
        (experts[item["expert"]], [str(EXCLUSION_WORDS[Exclusion(reason)]) for reason in item["reasons"]])
        for item in panel.excluded
        if item["expert"] in experts
    ]


def place_seen(number: int, acting: Acting) -> PanelSeat | None:
    """Return a place on a panel for the expert who holds it, or for those who draw in a case they see; else None."""
    rows = PanelSeat.objects.select_related("panel__case", "expert__person")
    place = rows.filter(pk=number, panel__case__in=visible_cases(acting)).first()
    if place is None or place.expert.person_id == acting.person:
        return place
    draws = acting.role in current_book().posts.act("draw_experts").roles
    return place if draws else None


def opinions_shown(panel: Panel, acting: Acting) -> list[ExpertOpinion]:
    """Return the opinions a person may read: an expert reads only their own until all are in."""
    rows = ExpertOpinion.objects.filter(place__panel=panel).select_related("place__expert__person")
    if is_expert(acting) and not count(panel).is_complete:
        rows = rows.filter(place__expert__person=acting.person)
    return list(rows.order_by("place__order"))


def is_expert(acting: Acting) -> bool:
    """Whether a person acts as one who sees only what was assigned to them."""
    role = current_book().posts.role(acting.role)
    return role is not None and role.sees == "assigned"
