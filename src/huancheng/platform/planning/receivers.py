"""What follows in the plans when a case has moved."""

from __future__ import annotations

from typing import Any

from huancheng.platform.casework.signals import case_moved
from huancheng.platform.planning.domain.plan_cases import follow_case
from huancheng.platform.planning.domain.unit_plan_cases import follow_unit_case


def follow(case: int, **_more: Any) -> None:
    """Let the special plan, or the unit plan, follow its case."""
    follow_case(case)
    follow_unit_case(case)


def connect() -> None:
    """Listen; called when the app is ready."""
    case_moved.connect(follow, dispatch_uid="planning-follow")
