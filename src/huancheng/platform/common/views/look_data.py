"""What the page of components shows: a list of a thousand rows, a route, what happened, a form; all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.common.look.records import Happening, Paper, Station, light
from huancheng.platform.common.tables import Column, Filter, Table

BEGIN = date(2026, 3, 2)
COUNTY = "临河县"
CLAUSE = ("三（二）", "县（市、区）更新单元规划由属地政府组织编制，报市城市更新工作专班办公室备案。")

TABS = (
    (_("全部"), "#", False, 128),
    (_("待办"), "#", True, 6),
    (_("已办"), "#", False, 122),
    (_("督办"), "#", False),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An invented renewal unit."""

    number: int
    title: str
    county: str
    state: str
    due: date
    area: float
    money: int

    @property
    def pk(self) -> int:
        """Its number."""
        return self.number


STATES = {
    "green": _("按期"),
    "amber": _("将到期"),
    "red": _("逾期"),
    "grey": _("未开始"),
    "teal": _("已办结"),
}
TONES = tuple(STATES)
COUNTIES = ("临河县", "平野县", "东湖区", "高新区")
STREETS = ("运河路", "古楼街", "站前", "东关", "纺织厂", "柳园", "光岳", "湖滨")


def units() -> list[Unit]:
    """Return a thousand units."""
    return [
        Unit(
            number,
            f"{STREETS[number % 8]}{number // 8 + 1}号更新单元",
            COUNTIES[number % 4],
            TONES[number % 5],
            BEGIN + timedelta(days=number % 260),
            3.2 + (number * 37 % 900) / 10,
            1_280_000 + number * 73_611 % 90_000_000,
        )
        for number in range(1000)
    ]


def area_by_county() -> list[tuple[str, float]]:
    """Return the units' area in each county."""
    return [(county, sum(unit.area for unit in units() if unit.county == county) / 10) for county in COUNTIES]


class Units(Table):
    """The list of the page of components."""

    name = "units"
    title = _("更新单元")
    nothing = _("更新单元划定后列在这里。可从城市体检的问题清单发起划定。")
    columns: ClassVar[Sequence[Column]] = (
        Column("title", _("更新单元"), order="title", link=lambda row: f"?unit={row.number}"),
        Column("county", _("属地"), order="county"),
        Column(
            "state",
            _("状态"),
            value=lambda row: STATES[row.state],
            cell=lambda row: light(row.state, STATES[row.state]),
        ),
        Column("due", _("办理期限"), kind="day", order="due", tone=lambda row: "late" if row.state == "red" else ""),
        Column("area", _("面积（公顷）"), kind="number", order="area", total=sum, places=1),
        Column("money", _("匡算投资"), kind="money", order="money", total=sum),
        Column("number", _("编号"), kind="number", order="number", shown=False),
    )
    filters: ClassVar[Sequence[Filter]] = (
        Filter("title", _("名称"), keeps=lambda row, wanted: wanted in row.title),
        Filter("state", _("状态"), choices=tuple(STATES.items()), keeps=lambda row, wanted: row.state == wanted),
    )
    selects = "unit"
    beside = True
    size = 25
    sizes = (25, 100, 1000)


def route() -> list[Station]:
    """Return a route in the middle of its way."""
    why = "该单元位于县域，不在中心城区范围内"
    return [
        Station("划定", "done", COUNTY + "人民政府", "", BEGIN, "3 个工作日", why=why, clauses=(CLAUSE,)),
        Station("编制", "done", COUNTY + "指定的编制部门", "编制甲", BEGIN + timedelta(30), "21 个工作日"),
        Station("征求意见", "done", "县直有关部门", "", BEGIN + timedelta(45), "10 个工作日", result="无异议"),
        Station("公示", "skipped", COUNTY + "人民政府", beside=True, why="本市未要求在编制阶段公示"),
        Station("审核", "late", COUNTY + "城市更新工作专班", "审核乙", took="12 个工作日", late="逾期 2 个工作日"),
        Station("批准", "waiting", COUNTY + "人民政府", due=BEGIN + timedelta(70), why=why, clauses=(CLAUSE,)),
        Station("备案", "waiting", "市专班办公室", due=BEGIN + timedelta(85)),
    ]


def other_route() -> list[Station]:
    """Return the states that the first lacks."""
    return [
        Station("编制", "stopped", "东湖区编制部门", "编制丙", due=BEGIN + timedelta(9)),
        Station("审核", "current", "市专班办公室", "审核丁", due=BEGIN + timedelta(20)),
        Station("审议", "refused", "市城市更新专家委员会", when=BEGIN + timedelta(31), result="不同意"),
    ]


def happenings() -> list[Happening]:
    """Return what happened, newest first."""
    moment = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    return [
        Happening(moment, "逾期提醒", "系统", tone="red", notes=("应于 2026-11-18 办结",)),
        Happening(
            moment - timedelta(days=3),
            "提交补正",
            "编制甲 · 临河县指定的编制部门",
            "已补充地块权属图，并更正面积。",
            "teal",
            notes=("代文书乙办理",),
            url="#",
            link="看前后差异",
        ),
        Happening(
            moment - timedelta(days=8),
            "要求补正",
            "审核乙 · 临河县城市更新工作专班",
            "权属图缺两宗地，面积与图不符。",
            "amber",
        ),
        Happening(BEGIN, "同意", "临河县人民政府", tone="green", notes=("临政字〔2026〕12号",)),
        Happening(BEGIN - timedelta(days=9), "发起", "编制甲"),
    ]


def papers() -> list[Paper]:
    """Return some papers."""
    return [
        Paper("更新单元规划（送审稿）.docx", "#", "第 3 版 · 2.4 MB · 编制甲 2026-11-17"),
        Paper("地块权属图.png", "#", "第 2 版 · 5.1 MB · 编制甲 2026-11-17", "image", "公开版"),
        Paper("资金匡算表.xlsx", "", "第 1 版 · 88 KB · 无权查看", "table"),
    ]


class Example(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("单元名称"), max_length=60, help_text=_("用社会通用的地名，不用工程代号。"))
    county = forms.ChoiceField(label=_("属地"), choices=[("", "—"), *((name, name) for name in COUNTIES)])
    due = forms.DateField(label=_("计划完成日期"), widget=forms.DateInput(attrs={"type": "date"}))
    area = forms.DecimalField(label=_("面积"), min_value=0, required=False)
    kind = forms.ChoiceField(
        label=_("更新方式"),
        widget=forms.RadioSelect,
        choices=[("retain", _("留")), ("renovate", _("改")), ("demolish", _("拆"))],
    )
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea, required=False)
    paper = forms.FileField(label=_("附件"), required=False, help_text=_("docx、pdf、png 或 jpg，单个不超过 50 MB。"))
    major = forms.BooleanField(label=_("认定为重大项目"), required=False)


def example(data: Any = None) -> Example:
    """Return the form; with data, its faults show."""
    return Example(data, prefix="faulty" if data is not None else "plain")
