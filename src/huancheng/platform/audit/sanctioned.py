"""The one way past the triggers of the log: restoring a backup, and tests that break the log to see it noticed.

It can't be reached from a request: it refuses to open while one is being answered (`common.request_number` knows),
and `tests/platform/audit/test_sanctioned.py` holds that nothing but the restore imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from huancheng.platform.audit import guards
from huancheng.platform.common.request_number import request_number


@contextmanager
def log_opened() -> Iterator[None]:
    """Let the log be rewritten inside; the triggers go and come back in one transaction with what is done.

    Raises
    ------
    RuntimeError
        While a request is being answered.
    """
    if request_number():
        raise RuntimeError("the log can't be opened from a request")
    with transaction.atomic():
        guards.remove(connection)
        yield
        guards.install(connection)
