"""Columns of the workbook by which cases of an instrument are back-entered: told by the pack, never written here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop as _

from huancheng.policy.book import PolicyBook
from huancheng.policy.facts import Fact, FactKind
from huancheng.policy.routes.model import Route, StepKind
from huancheng.policy.routes.plan import route_facts

MARK, JURISDICTION, KEY, TITLE, CASE_TITLE, OPENED = "mark", "jurisdiction", "key", "title", "case_title", "opened"
YES, NO = _("是"), _("否")
PASSED, REFUSED = _("通过"), _("不通过")
SHEET = "补录"
"""Name of the sheet that holds the rows."""
EXAMPLE = _("示例")
"""What stands in the first column of the example row, which is left out."""


class Part(StrEnum):
    """What a column of a step tells."""

    DAY = "day"
    PAPER = "paper"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Parameters
    ----------
    key
        Its id.
    title
        Head in the workbook.
    note
        How it is filled in.
    required
        Whether it must be.
    choices
        What may stand there; anything where empty.
    example
        What the example row says.
    fact
        Fact it states.
    precondition
        Precondition it shows.
    step, part
        Place of the step it tells of (`slots`), and what.
    """

    key: str
    title: str
    note: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    fact: Fact | None = None
    precondition: str = ""
    step: str = ""
    part: Part | None = None


def columns_of(book: PolicyBook, instrument: str) -> tuple[Column, ...]:
    """Return the columns for an instrument: what it is about, facts, preconditions, and three for each step.

    Routes of different jurisdictions share the workbook; a row fills in the steps of its own route only.
    """
    routes = [route for route in book.routes if route.instrument == instrument]
    places = tuple(item.title for item in book.jurisdictions)
    common = (
        Column(MARK, "序号", "任填；写“示例”的行不登记", example=EXAMPLE),
        Column(JURISDICTION, "辖区", "从列表中选择", required=True, choices=places, example=places[0]),
        Column(KEY, "对象编号", "单元、项目或房屋的编号，同一文种内不重复", required=True, example="LH-001"),
        Column(TITLE, "对象名称", "例如：东关片区更新单元", required=True, example="东关片区更新单元"),
        Column(CASE_TITLE, "案卷标题", "不填时用对象名称加文种"),
        Column(OPENED, "发起日期", "年-月-日，不晚于各环节日期", required=True, example="2025-03-03"),
    )
    return (*common, *_facts(book, routes), *_preconditions(routes), *_steps(routes))


def _facts(book: PolicyBook, routes: list[Route]) -> list[Column]:
    places = [
        place
        for route in routes
        for place in (
            route.id,
            *(f"{route.id}/{step.id}" for step in route.steps),
            *(f"{route.id}/#{item.id}" for item in route.preconditions),
        )
    ]
    names = dict.fromkeys(name for place in places for name in book.route_conditions[place].facts)
    told_by_place = {name for place in book.jurisdictions for name in route_facts(book, place, {})}
    facts = [book.facts[name] for name in names if name not in told_by_place]
    return [
        Column(f"fact:{fact.id}", fact.title, fact.note or "不适用的不填", choices=_domain(fact), fact=fact)
        for fact in facts
    ]


def _domain(fact: Fact) -> tuple[str, ...]:
    if fact.kind is FactKind.BOOLEAN:
        return (YES, NO)
    return tuple(fact.domain) if fact.kind is FactKind.CHOICE else ()


def _preconditions(routes: list[Route]) -> list[Column]:
    found = {item.id: item for route in routes for item in route.preconditions}
    return [
        Column(
            f"precondition:{name}",
            f"前置条件文号：{item.text}",
            "已具备的填文号；不填则此后环节等待",
            precondition=name,
        )
        for name, item in found.items()
    ]


def slots(route: Route) -> dict[str, str]:
    """Return, for each place of the workbook, the step of a route that stands there.

    A place is a kind of step, and a number where a route has several of the kind: so the approvals of all routes of an
    instrument share the columns 批准日期, 批准文号 and 批准结果.
    """
    seen: Counter[str] = Counter()
    found = {}
    for step in route.steps:
        seen[step.kind.value] += 1
        again = seen[step.kind.value]
        found[f"{step.kind.value}-{again}"] = step.id
    return found


def _steps(routes: list[Route]) -> list[Column]:
    """Return the columns of steps, in the order of the longest route; what only others have comes after."""
    kinds: dict[str, StepKind] = {}
    for route in sorted(routes, key=lambda item: -len(item.steps)):
        for slot, step in slots(route).items():
            kinds.setdefault(slot, route.step(step).kind)
    columns = []
    for slot, kind in kinds.items():
        again = slot.rpartition("-")[2]
        columns += _step(slot, kind, kind.official if again == "1" else f"{kind.official}{again}")
    return columns


def _step(slot: str, kind: StepKind, title: str) -> list[Column]:
    columns = [
        Column(f"{slot}:day", f"{title}日期", "已办的填文件日期；未办不填", step=slot, part=Part.DAY),
        Column(f"{slot}:paper", f"{title}文号", "与日期一并填写", step=slot, part=Part.PAPER),
    ]
    if kind.judges:
        results = (PASSED, REFUSED)
        columns.append(
            Column(f"{slot}:result", f"{title}结果", "通过或不通过", choices=results, step=slot, part=Part.RESULT)
        )
    return columns
