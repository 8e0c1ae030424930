"""Serving: the web server in this process, the worker in one of its own."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from types import FrameType
from typing import Any

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from huancheng.evidence import InputFault
from huancheng.platform.operations.first_start import make_bodies_of_empty_register
from huancheng.platform.operations.loading_ahead import load_ahead
from huancheng.platform.operations.migrating import bring_up_to_date

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WORKER_MAY_TAKE = 60.0
"""Seconds a worker may take to finish its job when all is to end."""

logger = logging.getLogger("huancheng.operations")


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve.

    Parameters
    ----------
    host, port
        Where to listen.
    threads
        Requests answered at a time.
    worker
        Whether to start a worker too.
    """

    host: str
    port: int
    threads: int
    worker: bool = True


def run(serving: Serving) -> int:
    """Serve until told to stop; returns the exit code.

    Raises
    ------
    InputFault
        If this can't be served safely or the port is taken.
    """
    refuse_open_demo(serving.host)
    bring_up_to_date()
    make_bodies_of_empty_register()
    try:
        server = waitress.create_server(
            get_wsgi_application(), host=serving.host, port=serving.port, threads=serving.threads, ident=None,
            clear_untrusted_proxy_headers=True, **_proxy(), channel_timeout=120,
        )  # fmt: skip
    except OSError as error:
        raise InputFault(
            f"can't listen on {serving.host}:{serving.port}: {error.strerror or error}",
            cure="choose another --port, or end the program that has this one",
        ) from error
    child = WorkerProcess() if serving.worker else None
    # The first request would otherwise wait until every page's code is loaded.
    _ = get_resolver().url_patterns
    _end_on_signals()
    if child:
        child.start()
    load_ahead()
    logger.info("serving http://%s:%s", serving.host, serving.port)
    try:
        server.run()
    finally:
        server.close()
        if child:
            child.stop()
    return 0


def refuse_open_demo(host: str) -> None:
    """Refuse to show a demonstration, whose passwords everyone knows, to other machines.

    Raises
    ------
    InputFault
        If the demonstration would be reachable from elsewhere.
    """
    if settings.DEMO and host not in LOOPBACK:
        raise InputFault(
            f"the demonstration lists its log-ins and may be served on this machine only, not on {host}",
            cure="leave --host out, or unset HUANCHENG_DEMO",
        )


def _proxy() -> dict[str, Any]:
    """Return whom the server believes about where a request comes from, and which words of theirs."""
    if not settings.TRUSTED_PROXY:
        return {}
    return {
        "trusted_proxy": settings.TRUSTED_PROXY,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _end_on_signals() -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for name in ("SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


class WorkerProcess:
    """A worker that is started again when it dies, and ends when this program does, however this ends."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        """Start the worker."""
        self._thread.start()

    def stop(self) -> None:
        """Have the worker finish its job and end; after a while end it in any case."""
        self._ending.set()
        child = self._child
        if child is not None:
            if child.stdin is not None:
                child.stdin.close()
            try:
                child.wait(WORKER_MAY_TAKE)
            except subprocess.TimeoutExpired:
                child.kill()
        self._thread.join(5)

    def _keep(self) -> None:
        pause = 1.0
        command = [sys.executable, "-m", "huancheng.platform.manage", "work", "--until-input-ends"]
        # A group of its own: Ctrl-C at the terminal must reach the worker through us only, once.
        group: dict[str, Any]
        if sys.platform == "win32":
            group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        else:
            group = {"start_new_session": True}
        while not self._ending.is_set():
            begun = time.monotonic()
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, **group)  # noqa: S603 - our own program
            code = self._child.wait()
            if self._ending.is_set():
                return
            pause = 1.0 if time.monotonic() - begun > 60 else min(pause * 2, 30.0)  # noqa: PLR2004 - seconds
            logger.error("the worker ended with code %s; it is started again in %s s", code, pause)
            self._ending.wait(pause)
