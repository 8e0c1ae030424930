"""How the events of a route stand in the log."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from huancheng.policy.routes.events import Event, EventKind, Vote


def encode(event: Event) -> dict[str, Any]:
    """Return a route's event as plain data, without what is empty. Reasons are free text and stay out."""
    data: dict[str, Any] = {"kind": event.kind.value, "day": event.day.isoformat()}
    for name in ("step", "to", "paper", "route", "jurisdiction", "pack"):
        if value := getattr(event, name):
            data[name] = value
    if event.passed is not None:
        data["passed"] = event.passed
    if event.vote is not None:
        data["vote"] = asdict(event.vote)
    if event.facts:
        data["facts"] = {name: _plain(value) for name, value in event.facts.items()}
    if event.editions:
        data["editions"] = {str(year): name for year, name in event.editions.items()}
    if event.entered_on is not None:
        data["entered_on"] = event.entered_on.isoformat()
    return data


def decode(data: dict[str, Any]) -> Event:
    """Return the event that was encoded."""
    vote = data.get("vote")
    entered_on = data.get("entered_on")
    return Event(
        EventKind(data["kind"]),
        date.fromisoformat(data["day"]),
        step=data.get("step", ""),
        passed=data.get("passed"),
        vote=Vote(**vote) if vote else None,
        to=data.get("to", ""),
        paper=data.get("paper", ""),
        facts=data.get("facts", {}),
        route=data.get("route", ""),
        jurisdiction=data.get("jurisdiction", ""),
        pack=data.get("pack", ""),
        editions={int(year): name for year, name in data.get("editions", {}).items()},
        entered_on=date.fromisoformat(entered_on) if entered_on else None,
    )


def _plain(value: Any) -> Any:
    """Facts are read through the pack's catalogue again when they are folded, so their text is enough."""
    if isinstance(value, (bool, int, str)) or value is None:
        return value
    if isinstance(value, (Decimal, Fraction, float)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value]
