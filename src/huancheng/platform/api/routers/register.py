"""Bodies, subjects and the law in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from huancheng.platform.api.schemas import BodyOut, Fault, InstrumentOut, RouteIn
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.policy.routes.plan import plan_as_dict, plan_route

router = Router(tags=["register"])


@router.get("/bodies", response=list[BodyOut], summary="All bodies")
def bodies(request: HttpRequest, jurisdiction: str = "") -> list[BodyOut]:  # noqa: ARG001 - ninja's signature
    """Return the bodies, of one jurisdiction where one is named."""
    chosen = Body.objects.filter(jurisdiction=jurisdiction) if jurisdiction else Body.objects.all()
    return [
        BodyOut(
            id=body.pk, name=body.name, kind=body.kind, level=body.level, jurisdiction=body.jurisdiction,
            parent=body.parent_id, acts_through=body.acts_through_id, active=body.active,
        )
        for body in chosen
    ]  # fmt: skip


@router.get("/instruments", response=list[InstrumentOut], summary="Instruments of the law in force")
def instruments(request: HttpRequest) -> list[InstrumentOut]:  # noqa: ARG001 - ninja's signature
    """Return what a case can be opened for."""
    return [
        InstrumentOut(
            id=item.id, title=item.title, scope=item.scope, contents=list(item.contents), annexes=list(item.annexes)
        )
        for item in current_book().instruments
    ]


@router.post(
    "/routes/{instrument}/{jurisdiction}", response={200: dict[str, Any], 400: Fault}, summary="Preview a route"
)
def route(request: HttpRequest, instrument: str, jurisdiction: str, given: RouteIn) -> dict[str, Any]:  # noqa: ARG001 - ninja's
    """Return the route an instrument would take, as `huancheng policy route --json` does; changes nothing."""
    book = current_book()
    return plan_as_dict(book, plan_route(book, instrument, jurisdiction, given.facts))
