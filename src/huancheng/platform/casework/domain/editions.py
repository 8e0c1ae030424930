"""Handing in the contents: what was written becomes an edition that stays."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Edition
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.model import StepKind

HANDS_IN = frozenset({StepKind.COMPILE, StepKind.SUBMIT})
"""Kinds of step in which the contents are written and with whose end they are handed in."""


def part_names(standing: CaseStanding) -> tuple[str, ...]:
    """Return the names of the parts an instrument consists of: what the policy asks for, then our default annexes."""
    return (*standing.plan.instrument.contents, *standing.plan.instrument.annexes)


def missing_parts(standing: CaseStanding) -> list[str]:
    """Return the names of the parts of which nothing is written yet."""
    names = part_names(standing)
    written = (
        {name for name, text in standing.case.parts.values_list("name", "text") if text.strip()} if names else set()
    )
    return [name for name in names if name not in written]


def hand_in(standing: CaseStanding, event: Event) -> dict[str, Any]:
    """Take an edition of the contents where an event hands them in; returns what the log says of it.

    Parameters
    ----------
    standing
        The locked case before the event.
    event
        The end of a step in which contents are written, or the supply of a correction.

    Raises
    ------
    InputFault
        If a part is empty.
    """
    if event.kind is EventKind.CORRECTION_SUPPLIED:
        return _take(standing, event, Edition.Occasion.CORRECTED)
    if event.kind is EventKind.COMPLETED and standing.plan.step(event.step).step.kind in HANDS_IN:
        return _take(standing, event, Edition.Occasion.SUBMITTED)
    return {}


def _take(standing: CaseStanding, event: Event, occasion: Edition.Occasion) -> dict[str, Any]:
    names = part_names(standing)
    if not names:
        return {}
    if empty := missing_parts(standing):
        raise InputFault(
            gettext("内容不齐：%s") % "、".join(empty), field="parts", cure=gettext("请在“内容”中补齐后再提交")
        )
    texts = dict(standing.case.parts.values_list("name", "text"))
    last = standing.case.editions.order_by("-number").first()
    edition = Edition.objects.create(
        case=standing.case,
        number=last.number + 1 if last else 1,
        round=standing.state.round,
        occasion=occasion,
        step=event.step,
        parts={name: texts[name] for name in names},
        taken_on=event.day,
    )
    return {"edition": edition.number, "parts": {name: digest_text(texts[name]) for name in names}}


def digest_text(text: str) -> str:
    """Return the digest by which the log knows a part's text."""
    return hashlib.sha256(text.encode()).hexdigest()
