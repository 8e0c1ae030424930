"""Who may read the log: those whose duty it is, an administrator in a timed session only."""

from __future__ import annotations

from huancheng.platform.audit.domain.anchor import make_anchor
from huancheng.platform.audit.models import Event
from tests.platform.doors import Door

READERS = frozenset({"auditor", "elevated administrator"})

DOORS = [
    Door("audit:log", READERS),
    Door("audit:entry", READERS, ("entry",)),
    Door("audit:anchors", READERS),
    Door("audit:anchor", READERS, ("anchor number",)),
]


def furnish(world, acting):
    """Anchor what the world holds."""
    anchor = make_anchor()
    world.things["anchor number"] = anchor.number
    world.things["entry"] = Event.objects.order_by("-pk").first()
