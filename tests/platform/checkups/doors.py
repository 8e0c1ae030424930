"""Who may read check-ups: everyone inside the administration."""

from __future__ import annotations

from tests.platform.doors import EVERYONE, Door

INSIDE = EVERYONE - {"expert", "entity staff"}

DOORS = [
    Door("checkups:runs", INSIDE),
    Door("checkups:run", INSIDE, ("run",)),
    Door("checkups:indicators-xlsx", INSIDE, ("run",)),
    Door("checkups:indicator", INSIDE, ("run", "indicator")),
    Door("checkups:features", INSIDE, ("run", "indicator")),
    Door("checkups:breakdown-xlsx", INSIDE, ("run", "indicator")),
    Door("checkups:problems", INSIDE, ("run",)),
    Door("checkups:problems-xlsx", INSIDE, ("run",)),
    Door("checkups:actions", INSIDE, ("run",)),
    Door("checkups:actions-xlsx", INSIDE, ("run",)),
]


def furnish(world, acting):
    """Name the indicator of the check-up that the map's doors brought."""
    world.things["indicator"] = "T-01"
