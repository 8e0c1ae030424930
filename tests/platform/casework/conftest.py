"""Cases under way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Subject
from tests.platform.casework.walking import Walk, day


@pytest.fixture
def plan(acting: Callable[..., Acting], unit: Callable[..., Subject]) -> Walk:
    """A county's unit plan, begun on day 0, whose special plan is approved: nobody was named to compile it yet."""
    with day(0):
        return Walk.begin(acting, "unit_plan", unit())


@pytest.fixture
def scheme(acting: Callable[..., Acting], unit: Callable[..., Subject]) -> Walk:
    """An ordinary project's scheme that waits to be compiled. Begun on day 0."""
    with day(0):
        return Walk.begin(acting, "scheme", unit(kind="project", key="P1"))
