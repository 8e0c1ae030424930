"""Sheets and columns of the form of a unit plan: one list for the template, the reader and the messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from huancheng.city.schema import layer_schema

USES = {
    code: layer_schema("land_use").columns["use"].label(code) for code in layer_schema("land_use").columns["use"].domain
}
"""Uses of land: code and word."""

TREATMENTS = ("留", "改", "拆", "混合")
KINDS_OF_MONEY = ("支出", "收入", "资金来源")
STATES_OF_MONEY = ("匡算", "已承诺", "已到位")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet.

    Parameters
    ----------
    name, title
        Key, and the words at the head of the column.
    kind
        What stands in a cell.
    required
        Whether a row without it can't be used.
    choices
        Words a cell may hold.
    most
        Largest number.
    hint
        What the first sheet says about it.
    """

    name: str
    title: str
    kind: Literal["text", "number", "whole", "choice"] = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    most: float | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the form."""

    name: str
    title: str
    fields: tuple[Field, ...]


ABOUT = Sheet(
    "about",
    "基本情况",
    (
        Field("item", "项目", required=True, hint="不要改动第一列"),
        Field("says", "内容", hint="在本列填写"),
    ),
)
"""Rows of key and words; the keys stand in `ABOUT_ROWS`."""

ABOUT_ROWS = {
    "unit": "单元编号",
    "name": "单元名称",
    "positioning": "发展定位",
    "functions": "主导功能",
    "responsible": "编制责任主体",
    "compiler": "组织编制部门",
    "period": "规划期限",
    "special_plan": "依据的专项规划（文号）",
    "residents": "规划人口（人）",
    "townscape": "单元风貌要素",
    "green_reason": "绿地减少的理由",
}

ABOUT_WHOLE = frozenset({"residents"})
"""Rows that hold a whole number."""

PARCELS = Sheet(
    "parcels",
    "规划地块",
    (
        Field("id", "地块编号", required=True, hint="与地块图层的 id 一致；没有图层时自行编号"),
        Field("use", "用地性质", "choice", required=True, choices=tuple(USES.values())),
        Field("area", "用地面积（平方米）", "number", required=True),
        Field("far", "容积率", "number"),
        Field("coverage", "建筑密度（%）", "number", most=100),
        Field("height", "建筑高度（米）", "number"),
        Field("green", "绿地率（%）", "number", most=100),
        Field("project", "所属项目", hint="更新项目表中的编号"),
    ),
)

PROJECTS = Sheet(
    "projects",
    "更新项目",
    (
        Field("id", "项目编号", required=True),
        Field("name", "项目名称", required=True),
        Field("treatment", "更新方式", "choice", required=True, choices=TREATMENTS),
        Field("existing_area", "现状建筑面积（平方米）", "number", hint="项目范围内；用于项目层面的底线核验"),
        Field("demolished_area", "拆除建筑面积（平方米）", "number"),
        Field("illegal_area", "其中违法建筑（平方米）", "number"),
        Field("dangerous_area", "其中无修缮价值的危房（平方米）", "number"),
        Field("added_area", "新增建筑面积（平方米）", "number"),
        Field("public_area", "其中公共服务设施（平方米）", "number"),
        Field("relocated", "搬迁户数", "whole"),
        Field("settled_nearby", "就地就近安置户数", "whole"),
        Field("start", "启动年份", "whole"),
        Field("years", "工期（年）", "whole"),
        Field("after", "前置项目", hint="须在其后启动的项目编号，多个用顿号隔开"),
        Field("closes", "补齐的短板", hint="设施名称，或雨污合流管、积涝点、危险房屋等，多个用顿号隔开"),
        Field("business", "业态", hint="引入或提升的业态，如社区商业、文化创意"),
        Field("townscape", "风貌要素与延续措施", hint="保留的街巷、院落、建筑特征及做法"),
    ),
)

FACILITIES = Sheet(
    "facilities",
    "设施布局",
    (
        Field("type", "设施", required=True, hint="设施完整度表中的名称；市政设施写自己的名称"),
        Field("name", "名称", required=True),
        Field("floor_area", "建筑面积（平方米）", "number"),
        Field("land_area", "用地面积（平方米）", "number"),
        Field("longitude", "经度", "number", hint="CGCS2000；与纬度同填，填了才能量算服务范围"),
        Field("latitude", "纬度", "number"),
        Field("project", "所属项目"),
        Field("shared_with", "共建共享对象", hint="共用该设施的其他单元或小区"),
        Field("smart", "智能化类别", hint="属于智能化市政或新城建的，填类别"),
        Field("agreement", "共享分摊协议", hint="与共建共享对象签订的开放、分摊协议的文号或日期"),
    ),
)

MONEY = Sheet(
    "money",
    "经济与资金",
    (
        Field("kind", "类别", "choice", required=True, choices=KINDS_OF_MONEY),
        Field("item", "科目", required=True),
        Field("amount", "金额（万元）", "number", required=True),
        Field("state", "状态", "choice", choices=STATES_OF_MONEY),
        Field("basis", "测算依据"),
        Field("project", "所属项目"),
    ),
)

SHEETS = (ABOUT, PARCELS, PROJECTS, FACILITIES, MONEY)
