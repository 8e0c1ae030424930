"""A form of the western unit, filled in as an office would, to be changed cell by cell."""

from __future__ import annotations

from openpyxl import load_workbook

from huancheng.planning.unit_plan import write_form

ABOUT = {
    "发展定位": "以居住为主的完整社区",
    "主导功能": "居住、社区服务",
    "编制责任主体": "东昌府区人民政府",
    "组织编制部门": "区住房和城乡建设局",
    "规划期限": "2026—2030年",
}
PARCELS = [
    ["P-1", "居住", 90_000, 1.2, 25, 24, 35, "甲"],
    ["P-2", "公共服务", 210_000, 0.3, 10, 18, 40, "乙"],
]
PROJECTS = [
    ["甲", "老旧小区改造", "改", 6000, 600, 100, 0, 1000, 200, 10, 6, 2026, 2],
    ["乙", "商街更新", "混合", 4000, 600, 0, 0, 1200, 200, 0, 0, 2028, 2, "甲"],
]
FACILITIES = [
    ["幼儿园", "西街幼儿园", 3200, 5300, None, None, "乙"],
    ["雨污水管网", "西街雨污分流", None, None, None, None, "甲", "东单元", "智能化市政基础设施"],
]
MONEY = [
    ["支出", "建设", 5000, "匡算", "单位造价"],
    ["收入", "经营", 1500],
    ["资金来源", "财政", 3000, "已承诺"],
]
SHEETS = {"规划地块": PARCELS, "更新项目": PROJECTS, "设施布局": FACILITIES, "经济与资金": MONEY}


def fill(path, *, about=None, change=None, **sheets):
    """Write the form with these rows; `change` gets the open workbook last."""
    write_form(path, {"unit": "W", "name": "西单元"}, ["幼儿园"])
    book = load_workbook(path)
    words = ABOUT if about is None else about
    for row in book["基本情况"].iter_rows(min_row=2):
        if row[0].value in words:
            row[1].value = words[row[0].value]
    for name, rows in SHEETS.items():
        for row in sheets.get(name, rows):
            book[name].append(row)
    if change:
        change(book)
    book.save(path)
    return path
