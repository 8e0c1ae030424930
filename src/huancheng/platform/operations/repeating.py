"""Something done again and again in a thread of its own, whatever goes wrong in between."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections

logger = logging.getLogger("huancheng.operations")


class Repeating:
    """A thread that calls a function, waits, and calls it again; a failure is logged and tried again.

    Parameters
    ----------
    name
        Name of the thread, for the log.
    seconds
        Pause between two calls.
    function
        What is called.
    """

    def __init__(self, name: str, seconds: float, function: Callable[[], object]) -> None:
        self.name = name
        self.seconds = seconds
        self.function = function
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; the first call is made at once."""
        self._thread.start()

    def stop(self, timeout: float = 20) -> None:
        """End after the call under way."""
        self._ended.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended.is_set():
            close_old_connections()
            try:
                self.function()
            except Exception:
                # The database may be away for a while; the thread must outlive that.
                logger.exception("%s failed and will be tried again", self.name)
            self._ended.wait(self.seconds)
        connections.close_all()
