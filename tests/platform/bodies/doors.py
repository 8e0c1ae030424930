"""Who may open the pages of bodies and people."""

from __future__ import annotations

from tests.platform.doors import EVERYONE, Door

DOORS = [
    Door("bodies:sign-in", EVERYONE, visitors="open"),
    Door("bodies:sign-out", EVERYONE, method="post", visitors="open"),
    Door("bodies:act-as", frozenset(), method="post"),
]
