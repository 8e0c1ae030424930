"""What pages and the worklist ask about experts; who may see what is decided here."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.procedures.experts.counting import count
from huancheng.platform.casework.procedures.experts.models import Expert, ExpertOpinion, Panel, PanelSeat


def pool_list() -> QuerySet[Expert]:
    """Return the pool with how often each was drawn and declined."""
    declined = Count("places", filter=Q(places__status=PanelSeat.Status.DECLINED), distinct=True)
    rows = Expert.objects.select_related("person", "employer").annotate(
        drawn=Count("places", distinct=True), declined=declined, held=Count("conflicts", distinct=True)
    )
    return rows.order_by("-active", "pk")


def open_reviews(acting: Acting | None) -> QuerySet[PanelSeat]:
    """Return the places for which a person owes an opinion, soonest first: the worklist's entries for experts."""
    if acting is None or not _is_expert(acting):
        return PanelSeat.objects.none()
    rows = PanelSeat.objects.filter(
        expert__person=acting.person, status=PanelSeat.Status.ASSIGNED, panel__status=Panel.Status.OPEN
    )
    return rows.select_related("panel__case").order_by("panel__due_on", "pk")


def places_of(acting: Acting) -> QuerySet[PanelSeat]:
    """Return every place a person holds or held, newest first; those they declined say no more than that."""
    rows = PanelSeat.objects.filter(expert__person=acting.person).exclude(status=PanelSeat.Status.DECLINED)
    return rows.select_related("panel__case", "opinion").order_by("-pk")


def panel_in(case: int, step: str, number: int) -> Panel | None:
    """Return the panel of a step in a round of the case."""
    return Panel.objects.filter(case=case, step=step, round=number).first()


def opinions_shown(panel: Panel, acting: Acting) -> list[ExpertOpinion]:
    """Return the opinions a person may read: an expert reads only their own until all are in."""
    rows = ExpertOpinion.objects.filter(place__panel=panel).select_related("place__expert__person")
    if _is_expert(acting) and not count(panel).is_complete:
        rows = rows.filter(place__expert__person=acting.person)
    return list(rows.order_by("place__order"))


def _is_expert(acting: Acting) -> bool:
    """Whether a person acts as one who sees only what was assigned to them."""
    role = current_book().posts.role(acting.role)
    return role is not None and role.sees == "assigned"
