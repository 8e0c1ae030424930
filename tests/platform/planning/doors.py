"""Who may read plans: everyone inside the administration."""

from __future__ import annotations

from tests.platform.doors import EVERYONE, Door

INSIDE = EVERYONE - {"expert", "entity staff"}

DOORS = [
    Door("planning:special-plans", INSIDE),
]
