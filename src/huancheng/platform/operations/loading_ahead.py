"""Loading ahead what the map needs: the server answers first, and nobody's first map waits for it."""

from __future__ import annotations

import threading
from importlib import import_module

from huancheng.platform.operations.collecting import spare_what_is_loaded

AHEAD = ("pyproj", "huancheng.platform.atlas.queries.cases", "huancheng.platform.atlas.queries.choropleth")
"""Modules; those of workbooks, papers and map sheets stay away until they are wanted, for the memory they hold."""
PAUSE = 2.0
"""Seconds after which loading begins, so that the first pages go before."""


def load_ahead(pause: float = PAUSE) -> threading.Thread:
    """Load the modules beside what is being answered; returns the thread that does it."""
    thread = threading.Thread(target=_load, args=(pause,), name="loading ahead", daemon=True)
    thread.start()
    return thread


def _load(pause: float) -> None:
    threading.Event().wait(pause)
    for name in AHEAD:
        import_module(name)
    spare_what_is_loaded()
