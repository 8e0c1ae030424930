"""Who may see how the installation fares: an administrator in a timed session; health is told to everyone."""

from __future__ import annotations

from tests.platform.doors import EVERYONE, Door

DOORS = [
    Door("operations:state", frozenset({"elevated administrator"})),
    Door("operations:health", EVERYONE, visitors="open"),
    Door("operations:ready", EVERYONE, visitors="open"),
]
