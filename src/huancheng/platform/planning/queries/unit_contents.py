"""What a unit plan already says, for the parts of its case that people would else write twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from huancheng.platform.casework.models import Subject
from huancheng.platform.planning.models import UnitPlan

Row = Mapping[str, Any]


def unit_contents(subject: Subject) -> dict[str, str]:
    """Return the parts of the instrument as the plan being written tells them; a part it does not tell is left out.

    The names are the policy's; a pack that calls its parts otherwise has them written by hand.
    """
    rows = UnitPlan.objects.filter(unit__subject=subject, state=UnitPlan.State.DRAFT)
    plan = rows.order_by("-version").first()
    if plan is None or not plan.computed:
        return {}
    told = {name: "\n".join(tell(plan.computed)) for name, tell in PARTS.items()}
    return {name: text for name, text in told.items() if text.strip()}


def _positioning(said: Row) -> Iterable[str]:
    about = said.get("about", {})
    return [about[name] for name in ("positioning", "functions") if about.get(name)]


def _indicators(said: Row) -> Iterable[str]:
    for item in said.get("indicators", ()):
        yield f"{item['title']}：现状{_amount(item['now'])}，规划{_amount(item['planned'])}"
    for line in said.get("red_lines", ()):
        if line["state"] in {"breach", "warning", "needs_data"}:
            why = line["text"] if line["state"] != "needs_data" else f"缺{'、'.join(line['missing'])}，不能核验"
            yield f"底线（{line['name']}）{line['title']}：{why}"


def _facilities(said: Row) -> Iterable[str]:
    for row in said.get("facilities", ()):
        now, planned = _amount(row["count_now"]), _amount(row["count_planned"])
        yield f"{row['title']}：现状{now}，规划{planned}；规划后超出步行距离 {_amount(row['beyond_planned'])}"
    for item in said.get("municipal", ()):
        yield f"{item['type']}：{item['name']}"


def _money(said: Row) -> Iterable[str]:
    funding = said.get("funding", {})
    for line in funding.get("lines", ()):
        yield f"{line['kind']}——{line['item']}：{_amount(line['amount'])}（{line['state']}）"
    if funding.get("lines"):
        yield f"资金缺口：{_amount(funding['shortfall'])}"
        yield str(funding["note"])


def _sequence(said: Row) -> Iterable[str]:
    for step in said.get("sequence", ()):
        start = f"{step['start']}年启动" if step["start"] else "启动年份未定"
        parcels = f"，地块{'、'.join(step['parcels'])}" if step["parcels"] else ""
        yield f"{step['order']}. {step['name']}：{start}{parcels}"


def _conflicts(said: Row) -> Iterable[str]:
    words = {"conforms": "符合", "conditional": "有条件符合", "conflicts": "不符合", "needs_data": "资料不足"}
    for item in said.get("consistency", ()):
        basis = f"书面意见 {item['opinion']}" if item["opinion"] else "系统叠图，仅供参考"
        yield f"{item['title']}：{words[item['verdict']]}（{basis}）"
        for one in item["differences"]:
            where = f"地块{one['parcel']}" if one["parcel"] else "单元"
            both = f"本规划{one['planned']}，上位规划{one['allowed']}"
            yield f"  {where}{one['aspect']}：{both}，{one['area']:,.0f} 平方米"
    if said.get("regulatory_change"):
        yield str(said["regulatory_change"]["reason"])


PARTS: dict[str, Callable[[Row], Iterable[str]]] = {
    "单元发展定位": _positioning,
    "规划控制指标": _indicators,
    "基础设施及公共服务设施布局": _facilities,
    "经济分析及资金来源安排": _money,
    "地块（项目）实施时序": _sequence,
    "与三类规划的冲突清单": _conflicts,
}
"""Parts of the instrument, and who tells each."""


def _amount(value: Row) -> str:
    if value["amount"] is None:
        return "不适用" if value.get("state") == "not_applicable" else "缺数据"
    return f"{round(value['amount'], 2):,g} {value['unit']}".strip()
