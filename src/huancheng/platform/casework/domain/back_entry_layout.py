"""Columns of the workbook by which cases of an instrument are back-entered: told by the pack, never written here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop as _

from huancheng.policy.book import PolicyBook
from huancheng.policy.facts import Fact, FactKind
from huancheng.policy.routes.model import Route, Step
from huancheng.policy.routes.plan import route_facts

MARK, JURISDICTION, KEY, TITLE, CASE_TITLE, OPENED = "mark", "jurisdiction", "key", "title", "case_title", "opened"
YES, NO = _("是"), _("否")
PASSED, REFUSED = _("通过"), _("不通过")
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
        Step it tells of, and what.
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


def _steps(routes: list[Route]) -> list[Column]:
    steps: dict[str, Step] = {}
    for route in sorted(routes, key=lambda item: -len(item.steps)):
        for step in route.steps:
            steps.setdefault(step.id, step)
    seen: Counter[str] = Counter()
    columns = []
    for name, step in steps.items():
        seen[step.kind.official] += 1
        again = seen[step.kind.official]
        columns += _step(name, step, f"{step.kind.official}{again if again > 1 else ''}")
    return columns


def _step(name: str, step: Step, title: str) -> list[Column]:
    columns = [
        Column(f"{name}:day", f"{title}日期", "已办的填文件日期；未办不填", step=name, part=Part.DAY),
        Column(f"{name}:paper", f"{title}文号", "与日期一并填写", step=name, part=Part.PAPER),
    ]
    if step.kind.judges:
        results = (PASSED, REFUSED)
        columns.append(
            Column(f"{name}:result", f"{title}结果", "通过或不通过", choices=results, step=name, part=Part.RESULT)
        )
    return columns
