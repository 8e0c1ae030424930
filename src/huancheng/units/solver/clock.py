"""Time, cancellation and progress of one run, asked between the steps of the search."""

from __future__ import annotations

import time

from huancheng.units.solver.work import Progress, Work

RESERVE = 0.04
"""Share of the time limit kept for what comes after the search."""

LEAST_RESERVE, MOST_RESERVE = 0.2, 0.2
"""Seconds kept at least, and the share of the time limit that these never exceed."""


class Clock:
    """Watches one run.

    Parameters
    ----------
    work
        Time limit and who wants to hear of progress.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.began = time.perf_counter()
        self.cancelled = False
        self.late = False

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        """Seconds until the search has to end."""
        limit = self.work.time_limit
        if limit is None:
            return float("inf")
        return limit - max(RESERVE * limit, min(LEAST_RESERVE, MOST_RESERVE * limit)) - self.seconds

    @property
    def ended(self) -> bool:
        """Whether the run has to end."""
        self.late = self.late or self.left <= 0
        return self.cancelled or self.late

    def stops(self, stage: str, done: int, total: int, units: int, objective: float) -> bool:
        """Tell of progress; return whether the run has to end now."""
        if not self.cancelled and self.work.progress is not None:
            news = Progress(stage, done, total, units, objective, self.seconds)
            self.cancelled = not self.work.progress(news)
        return self.ended
