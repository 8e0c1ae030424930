"""Reading one row of a back-entry workbook: what it says, and everything that is wrong with it, by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.back_entry import PastStep
from huancheng.platform.casework.domain.back_entry_layout import (
    CASE_TITLE,
    JURISDICTION,
    KEY,
    OPENED,
    PASSED,
    TITLE,
    YES,
    Column,
    Part,
    slots,
)
from huancheng.platform.casework.domain.opening import draft
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.domain.trying import try_event
from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.common import clock
from huancheng.policy.book import PolicyBook
from huancheng.policy.facts import FactKind
from huancheng.policy.routes.events import Event, EventKind

Fault = dict[str, str]
"""`column` (its key), `message`, `cure`."""


@dataclass
class Past:
    """What a row says, as far as it can be read.

    Parameters
    ----------
    jurisdiction, key, title, case_title
        What the case is about, and its title.
    opened
        Day it was opened.
    facts
        Facts by id.
    met
        Paper by precondition.
    steps
        Steps done, in the order of the route.
    faults
        What is wrong.
    """

    jurisdiction: str = ""
    key: str = ""
    title: str = ""
    case_title: str = ""
    opened: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)
    steps: list[PastStep] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, column: str, message: str, cure: str) -> None:
        """Note something wrong."""
        self.faults.append({"column": column, "message": message, "cure": cure})


def read_row(book: PolicyBook, columns: tuple[Column, ...], values: Mapping[str, str]) -> Past:
    """Read a row without asking the register or the route.

    Parameters
    ----------
    book, columns
        The law, and the columns it gives for the instrument.
    values
        Text by column.
    """
    past = Past()
    for column in columns:
        text = values.get(column.key, "")
        if column.required and not text:
            past.wrong(column.key, _("没有填写"), _("请补填"))
        elif text and column.choices and text not in column.choices:
            past.wrong(column.key, _("“%s”不在可选范围内") % text[:40], _("请从列表中选择"))
    places = {item.title: item.id for item in book.jurisdictions}
    past.jurisdiction = places.get(values.get(JURISDICTION, ""), "")
    past.key, past.title, past.case_title = (values.get(name, "") for name in (KEY, TITLE, CASE_TITLE))
    _limit(past)
    past.opened = _day(past, OPENED, values.get(OPENED, ""))
    for column in columns:
        text = values.get(column.key, "")
        if column.fact is not None and text:
            past.facts[column.fact.id] = (text == YES) if column.fact.kind is FactKind.BOOLEAN else text
        elif column.precondition and text:
            past.met[column.precondition] = text
    _steps(past, columns, values)
    return past


def _limit(past: Past) -> None:
    for column, text, most in ((KEY, past.key, 80), (TITLE, past.title, 200), (CASE_TITLE, past.case_title, 240)):
        if len(text) > most:
            past.wrong(column, _("超过 %d 个字") % most, _("请缩短"))


def _day(past: Past, column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        past.wrong(column, _("“%s”不是日期") % text[:40], _("请写成 2025-03-03"))
        return None
    if found > clock.today():
        past.wrong(column, _("日期 %s 晚于今天") % text, _("请改正日期"))
        return None
    return found


def _steps(past: Past, columns: tuple[Column, ...], values: Mapping[str, str]) -> None:
    told: dict[str, dict[Part, tuple[str, str]]] = {}
    for column in columns:
        if column.step and column.part:
            told.setdefault(column.step, {})[column.part] = (column.key, values.get(column.key, ""))
    for step, parts in told.items():
        day_column, day_text = parts[Part.DAY]
        paper_column, paper = parts[Part.PAPER]
        result_column, result = parts.get(Part.RESULT, ("", ""))
        if not (day_text or paper or result):
            continue
        if not day_text:
            past.wrong(day_column, _("填了文号或结果，没有填日期"), _("请补填日期；未办的请清空此环节"))
        if not paper:
            past.wrong(paper_column, _("已办的环节须有文号"), _("请补填文号"))
        if result_column and not result:
            past.wrong(result_column, _("没有填写结果"), _("请选择通过或不通过"))
        day = _day(past, day_column, day_text)
        if day is not None and past.opened is not None and day < past.opened:
            past.wrong(day_column, _("早于发起日期 %s") % past.opened, _("请改正日期"))
        if day is not None and paper:
            past.steps.append(PastStep(step, day, paper[:120], (result == PASSED) if result_column else None))


def check_against_law(past: Past, instrument: str, acting: Acting) -> CaseStanding | None:
    """Walk the row along its route without saving anything; what the route refuses is noted by column.

    Returns
    -------
    CaseStanding or None
        Where the case would stand; None where it can't be told.
    """
    if past.faults or past.opened is None:
        return None
    subject = Subject(kind="", key=past.key, title=past.title, jurisdiction=past.jurisdiction)
    try:
        standing, _event = draft(instrument, subject, acting, facts=past.facts, day=past.opened)
    except InputFault as fault:
        past.wrong(JURISDICTION, fault.message, fault.cure)
        return None
    if not may_enter(acting, standing):
        past.wrong(JURISDICTION, _("您的岗位不能补录此辖区的案卷"), _("请由该辖区的文书，或专班办工作人员补录"))
        return None
    places = _name_steps(past, standing)
    _in_order(past, standing, places)
    for column, event in _events(past, places):
        if event.to and event.to not in {item.id for item in standing.plan.preconditions}:
            past.wrong(column, _("此路线没有这项前置条件"), _("请清空"))
            continue
        try:
            standing = CaseStanding(standing.case, standing.interpreter, try_event(standing, event), standing.bodies)
        except InputFault as fault:
            past.wrong(column, fault.message, fault.cure)
    return standing


def _name_steps(past: Past, standing: CaseStanding) -> dict[str, str]:
    """Name the steps of the row by the route it takes; returns the place in the workbook of each step.

    A place for which the route has no step is noted, and its step left out.
    """
    here = slots(standing.plan.route)
    planned = {item.step.id for item in standing.plan.steps}
    for item in past.steps:
        if here.get(item.step) not in planned:
            past.wrong(f"{item.step}:day", _("此辖区的路线没有这个环节"), _("请清空此环节"))
    past.steps = [replace(item, step=here[item.step]) for item in past.steps if here.get(item.step) in planned]
    return {step: slot for slot, step in here.items()}


def _in_order(past: Past, standing: CaseStanding, places: dict[str, str]) -> None:
    """Put the steps in the order of the route, and compare their days: a step can't end before the one it waits for."""
    order = {item.step.id: place for place, item in enumerate(standing.plan.steps)}
    groups = {item.step.id: item.step.group for item in standing.plan.steps}
    past.steps.sort(key=lambda item: order[item.step])
    for before, after in pairwise(past.steps):
        together = groups[before.step] and groups[before.step] == groups[after.step]
        if after.day < before.day and not together:
            past.wrong(f"{places[after.step]}:day", _("早于前一环节的日期 %s") % before.day, _("请核对两个环节的日期"))


def _events(past: Past, places: dict[str, str]) -> list[tuple[str, Event]]:
    """Return the events a row stands for, each with the column that is blamed for it."""
    today, opened = clock.today(), past.opened or clock.today()
    met = [
        (
            f"precondition:{name}",
            Event(EventKind.PRECONDITION_MET, opened, to=name, paper=paper, entered_on=today),
        )
        for name, paper in past.met.items()
    ]
    steps = [
        (
            f"{places[item.step]}:day",
            Event(
                EventKind.BACK_ENTERED, item.day, step=item.step, passed=item.passed, paper=item.paper, entered_on=today
            ),
        )
        for item in past.steps
    ]
    return [*met, *steps]


def may_enter(acting: Acting, standing: CaseStanding) -> bool:
    """Whether a person may enter a case from before: by role, and for the office or a body that acts in its route."""
    if acting.body is None or acting.role not in standing.posts.act("back_enter").roles:
        return False
    if acting.reference == standing.posts.office:
        return True
    bodies = [body for item in standing.plan.steps for body in (standing.body_of(item), standing.through_of(item))]
    return acting.body in {body.pk for body in bodies if body is not None}


def already_known(instrument: str, kind: str, keys: list[str]) -> dict[str, str]:
    """Return, of some subjects' numbers, those that have a case of the instrument already, with its number."""
    cases = Case.objects.filter(instrument=instrument, subject__kind=kind, subject__key__in=keys)
    return dict(cases.order_by("pk").values_list("subject__key", "number"))
