"""What the parts of the benchmark share: the worklist's pages, and how they speak."""

from __future__ import annotations

import os
import sys

WORKLIST = (
    "/worklist/", "/worklist/?tab=done", "/worklist/?tab=mine", "/worklist/?tab=chased", "/worklist/?whole_body=1",
    "/worklist/?light=red",
)  # fmt: skip
"""The pages on which people begin and end the day."""


def say(text: str) -> None:
    """Tell the person at the terminal, with the load of the machine."""
    print(f"{text} (load {load()})", file=sys.stderr, flush=True)


def load() -> float:
    """Return the load average of the last minute: figures of a busy machine are worth less."""
    return round(os.getloadavg()[0], 1)
