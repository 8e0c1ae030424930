"""Doing the same to many: each case on its own, by the same functions and rights as on its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.chasing import chase
from huancheng.platform.casework.domain.entrusting import hand_over
from huancheng.platform.casework.domain.holding import put_back, take
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases

MOST = 200
"""Marks looked at in one request."""


class BulkAct(StrEnum):
    """What can be done to many at once. Deciding can't: each decision has its own opinion."""

    TAKE = "take"
    PUT_BACK = "put_back"
    HAND_OVER = "hand_over"
    COMPLETE = "complete"
    CHASE = "chase"


MOVING = frozenset(BulkAct) - {BulkAct.CHASE}
"""Acts that count in the version of a case: a second line of the same case expects the first one's change."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line somebody ticked.

    Parameters
    ----------
    case, step
        Which.
    version
        Version of the case they saw.
    """

    case: int
    version: int
    step: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line.

    Parameters
    ----------
    case
        The case.
    step
        The step.
    refusal
        Why it was not done; empty where it was.
    cure
        What to do about it.
    """

    case: Case
    step: str
    refusal: str = ""
    cure: str = ""


def read_marks(texts: Iterable[str]) -> list[Mark]:
    """Return the ticked lines.

    Raises
    ------
    InputFault
        If nothing is ticked, or more than one request may carry, or a mark is not one of ours.
    """
    marks = []
    for text in dict.fromkeys(texts):
        case, _colon, rest = text.partition(":")
        version, _colon, step = rest.partition(":")
        if not (case.isascii() and case.isdigit() and version.isascii() and version.isdigit() and len(text) < MOST):
            raise InputFault(_("所选事项无法识别"), field="mark", cure=_("请回到工作台重新勾选"))
        marks.append(Mark(int(case), int(version), step))
    if not marks:
        raise InputFault(_("没有勾选事项"), field="mark", cure=_("请先勾选要办理的事项"))
    if len(marks) > MOST:
        raise InputFault(_("一次最多办理 %d 件") % MOST, field="mark", cure=_("请分批办理"))
    return marks


def do_to_many(
    act: BulkAct, marks: Iterable[Mark], acting: Acting, *, to: int | None = None, words: str = ""
) -> list[Outcome]:
    """Try an act on each line; what is refused does not stop the others.

    Parameters
    ----------
    act
        What.
    marks
        The lines; those of cases out of sight are as good as not there.
    acting
        Who.
    to
        Colleague, for handing over.
    words
        Reason or remark.

    Returns
    -------
    list of Outcome
        One for each line in sight, in the order given.
    """
    wanted = list(marks)
    seen = visible_cases(acting).in_bulk([mark.case for mark in wanted])
    do = _doing(act, acting, to, words)
    own: Counter[int] = Counter()
    outcomes = []
    for mark in wanted:
        case = seen.get(mark.case)
        if case is None:
            continue
        try:
            do(replace(mark, version=mark.version + own[mark.case]))
        except InputFault as fault:
            outcomes.append(Outcome(case, mark.step, fault.message, fault.cure))
        else:
            own[mark.case] += act in MOVING
            outcomes.append(Outcome(case, mark.step))
    return outcomes


def _doing(act: BulkAct, acting: Acting, to: int | None, words: str) -> Callable[[Mark], object]:
    """Return the domain function that does an act to one line."""
    match act:
        case BulkAct.TAKE:
            return lambda mark: take(mark.case, mark.step, acting, expected=mark.version)
        case BulkAct.PUT_BACK:
            return lambda mark: put_back(mark.case, mark.step, acting, expected=mark.version)
        case BulkAct.COMPLETE:
            return lambda mark: complete(mark.case, mark.step, acting, words=words, expected=mark.version)
        case BulkAct.CHASE:
            return lambda mark: chase(mark.case, acting, words=words, step=mark.step, expected=mark.version)
        case BulkAct.HAND_OVER:
            person = Person.objects.filter(pk=to).first() if to else None
            if person is None:
                raise InputFault(_("请选择接办的同事"), field="to", cure=_("请从列出的同事中选择"))
            return lambda mark: hand_over(mark.case, mark.step, acting, to=person, words=words, expected=mark.version)
