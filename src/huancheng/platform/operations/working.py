"""The worker: carries out background jobs one by one; beside it, threads beat and look what is due today."""

from __future__ import annotations

import _thread
import os
import signal
import socket
import sys
import threading
from types import FrameType

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from huancheng.platform.common.jobs import broken_off
from huancheng.platform.operations.domain.beating import beat, fall_silent
from huancheng.platform.operations.domain.days import run_what_is_due
from huancheng.platform.operations.domain.jobs import take_up_abandoned_jobs
from huancheng.platform.operations.repeating import Repeating

BEAT_SECONDS = 20.0
DAY_SECONDS = 60.0
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGQUIT") if hasattr(signal, name))
"""Signals that end a program; not every system has all of them."""


class JobWorker(Worker):
    """The worker of django-tasks that finishes its job when it is told to end, however often it is told."""

    def shutdown(self, _signal: int, _frame: FrameType | None) -> None:
        """End now if nothing is under way, else after the job."""
        self.running = False
        if not self.running_task:
            sys.exit(0)

    def configure_signals(self) -> None:
        """End on whatever a system uses to end programs."""
        for number in ENDING:
            signal.signal(number, self.shutdown)


def work(*, until_input_ends: bool = False) -> None:
    """Work until told to stop.

    Parameters
    ----------
    until_input_ends
        Whether to end when standard input does, so that no worker outlives the program that started it, even a
        killed one.
    """
    name = f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(8)}"
    worker = JobWorker(
        queue_names=["*"], interval=1.0, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=name, excluded_queue_names=[],
    )  # fmt: skip
    worker.configure_signals()
    if until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    beat(name)
    broken_off()
    beating = Repeating("beat", BEAT_SECONDS, lambda: _keep_jobs_moving(name))
    daily = Repeating("daily", DAY_SECONDS, run_what_is_due)
    beating.start()
    daily.start()
    try:
        worker.run()
    finally:
        beating.stop()
        daily.stop()
        fall_silent(name)


def _keep_jobs_moving(worker: str) -> None:
    beat(worker)
    take_up_abandoned_jobs()


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    _thread.interrupt_main(signal.SIGTERM)
