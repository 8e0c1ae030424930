"""What must be settled inside a step before it may end, whoever ends it and by whichever door."""

from __future__ import annotations

from collections.abc import Callable

from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.routes.events import Event, EventKind

ENDS = frozenset({EventKind.COMPLETED, EventKind.DECIDED, EventKind.LAPSED})
"""Events that end a step now. A back-entry tells what happened elsewhere, so it passes no guard."""

Guard = Callable[[CaseStanding, Event], None]
_GUARDS: list[Guard] = []


def add_guard(guard: Guard) -> None:
    """Add a check on events that end a step; it raises an `InputFault` to refuse. Called once, when the app starts."""
    if guard not in _GUARDS:
        _GUARDS.append(guard)


def check_guards(standing: CaseStanding, event: Event) -> None:
    """Let every guard look at an event before it is applied; the case is locked.

    Raises
    ------
    InputFault
        If something inside the step is open.
    """
    if event.kind in ENDS:
        for guard in _GUARDS:
            guard(standing, event)
