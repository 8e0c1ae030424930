"""What every journey begins with: people at their desks, and an office day that can be moved on."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Subject
from huancheng.platform.common import clock
from tests.platform.browser import browser, chromium, open_page, page_as, server
from tests.platform.casework.procedures.conftest import step_into
from tests.platform.casework.walking import OFFICE, START, Walk
from tests.platform.journeys.desk import Desk

__all__ = ["browser", "chromium", "open_page", "page_as", "server"]


@pytest.fixture
def move_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let it be a Monday morning in March, for the server's threads too; return a function that lets days pass."""
    passed, begun = [0], time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=passed[0], seconds=time.monotonic() - begun))

    def later(days: int) -> None:
        passed[0] += days

    return later


@pytest.fixture(autouse=True)
def office_day(move_on: Callable[[int], None]) -> None:
    """Every journey begins on that morning."""


@pytest.fixture
def desk(page_as: Callable[..., Page]) -> Callable[..., Desk]:
    """Return a function that lets a person of a post begin work: `desk("临河县人民政府", "approver")`."""
    return lambda body, role, number=1, **how: Desk(page_as(body, role, number, **how)).begin()


@pytest.fixture
def begun(acting: Callable[..., Any], unit: Callable[..., Subject]) -> Callable[..., Walk]:
    """Return a function that opens a case whose preconditions are met; the office opens it unless a post is named."""

    def begin(
        instrument: str, jurisdiction: str = "linhe", kind: str = "unit", opener: tuple[str, str] = (OFFICE, "officer")
    ) -> Walk:
        walk = Walk(open_case(instrument, unit(jurisdiction, kind=kind), acting(*opener)).case.pk, acting)
        for item in walk.standing.plan.preconditions:
            meet_precondition(walk.pk, item.id, acting(OFFICE, "officer"), paper="示政字〔2026〕1号")
        return walk

    return begin


@pytest.fixture
def waiting_in(acting: Callable[..., Any], unit: Callable[..., Subject]) -> Callable[..., Walk]:
    """Return a function that opens a case and enters every step before one as done, so that it waits there."""

    def wait(instrument: str, step: str, jurisdiction: str = "linhe") -> Walk:
        walk = Walk(open_case(instrument, unit(jurisdiction), acting(OFFICE, "officer")).case.pk, acting)
        step_into(walk.pk, step)
        return walk

    return wait
