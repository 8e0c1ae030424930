"""Cases that stand in the step under test, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.moving import apply, lock
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.state import StepStatus

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""09:00 in the city."""


@dataclass
class Place:
    """A case that stands in a step."""

    case: Case
    step: str

    @property
    def standing(self) -> CaseStanding:
        """Where it stands now."""
        return standing_of(Case.objects.select_related("subject", "opened_by").get(pk=self.case.pk))

    @property
    def status(self) -> StepStatus:
        """Where its step stands now."""
        return self.standing.step(self.step).status

    @property
    def body(self) -> Body:
        """The body that acts in it."""
        standing = self.standing
        found = standing.body_of(standing.plan.step(self.step))
        assert found is not None
        return found

    @property
    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Codes and data of its log."""
        from huancheng.platform.audit.models import Event as Entry

        return [(entry.code, entry.data) for entry in Entry.objects.filter(stream=self.case.stream)]


def step_into(case: int, step: str) -> None:
    """Enter every step before one as already done, so that it is ready."""
    with transaction.atomic():
        standing = lock(case)
        day = clock.today()
        for item in standing.plan.preconditions:
            event = Event(EventKind.PRECONDITION_MET, day, to=item.id, paper="示政字〔2026〕1号")
            standing = apply(standing, "meet_precondition", PROGRAM, event)
        for planned in standing.plan.steps:
            if planned.step.id == step:
                break
            passed = True if planned.step.kind.judges else None
            event = Event(
                EventKind.BACK_ENTERED,
                day,
                step=planned.step.id,
                passed=passed,
                paper="示政字〔2025〕9号",
                entered_on=day,
            )
            standing = apply(standing, "back_enter", PROGRAM, event)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let it be Monday, 2 March 2026."""
    with clock.at(MONDAY):
        yield


@pytest.fixture
def case_in(acting: Callable[..., Acting], unit: Callable[..., Subject]) -> Callable[..., Place]:
    """Return a function that opens a case and brings it to a step."""
    numbers = iter(range(1, 1000))

    def make(instrument: str, step: str, jurisdiction: str = "linhe", facts: dict[str, Any] | None = None) -> Place:
        office = acting("市专班办公室", "officer")
        subject = unit(jurisdiction, key=f"S{next(numbers)}")
        case = open_case(instrument, subject, office, facts=facts).case
        step_into(case.pk, step)
        return Place(case, step)

    return make


@pytest.fixture
def at_day() -> Callable[[int], Any]:
    """Return a function that lets the clock stand so many days after Monday."""
    from datetime import timedelta

    return lambda days: clock.at(MONDAY + timedelta(days=days))
