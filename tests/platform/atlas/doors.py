"""Who may open the map and what it asks for."""

from __future__ import annotations

from tests.platform.atlas.little import kept_run, kept_snapshot
from tests.platform.doors import EVERYONE, SEE_CASE, Door

INSIDE = EVERYONE - {"expert", "entity staff"}
KEEPERS = frozenset({"officer", "elevated administrator"})

DOORS = [
    Door("atlas:map", EVERYONE),
    Door("atlas:tiles", EVERYONE, ("tiles",), visitors=401),
    Door("atlas:labels", EVERYONE, ("tiles",), visitors=401),
    Door("atlas:cases", EVERYONE, visitors=401),
    Door("atlas:case", SEE_CASE, ("case",), visitors=401),
    Door("atlas:problems", INSIDE, ("run",), visitors=401),
    Door("atlas:choropleth", INSIDE, ("run",), visitors=401),
    Door("atlas:feature", EVERYONE, ("snapshot", "public layer", "public feature"), visitors=401),
    Door("atlas:feature", INSIDE, ("snapshot", "internal layer", "internal feature"), visitors=401),
    Door("atlas:feature", frozenset(), ("snapshot", "classified layer", "classified feature"), visitors=401),
    Door("atlas:layer", INSIDE, ("snapshot", "internal layer"), visitors=401),
    Door("atlas:layer", frozenset(), ("snapshot", "classified layer"), visitors=401),
    Door("atlas:layer", frozenset(), ("snapshot", "public layer"), visitors=401),
    Door("atlas:search", EVERYONE, ("snapshot",), visitors=401),
    Door("atlas:print", EVERYONE, ("snapshot",), method="post"),
    Door("atlas:snapshots", KEEPERS),
    Door("atlas:load", KEEPERS, method="post"),
    Door("atlas:progress", KEEPERS, ("snapshot",)),
    Door("atlas:show", KEEPERS, ("snapshot",), method="post"),
    Door("atlas:retire", KEEPERS, ("snapshot",), method="post"),
    Door("atlas:make-again", KEEPERS, ("snapshot",), method="post"),
    Door("atlas:approval", KEEPERS, ("snapshot",), method="post"),
]


def furnish(world, acting):
    """Let there be a current snapshot with layers of every class, and a check-up of it."""
    world.things |= {
        "snapshot": kept_snapshot(), "run": kept_run(), "tiles": "7" * 64,
        "public layer": "estates", "public feature": "ES0",
        "internal layer": "flood_records", "internal feature": "FL0",
        "classified layer": "pipes", "classified feature": "PI0",
    }  # fmt: skip
