"""Who may open the pages of the demonstration: everybody at this machine."""

from __future__ import annotations

from tests.platform.doors import EVERYONE, Door

DOORS = [
    Door("demo:log-ins", EVERYONE, visitors="open"),
    Door("demo:enter", EVERYONE, ("post",), visitors="open", method="post"),
]


def furnish(world, acting):
    """Let there be a post to enter by."""
    world.things["post"] = acting("市专班办公室", "officer").post
