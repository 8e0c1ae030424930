"""What the map module says, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.queries.lights import Light
from huancheng.platform.checkups.models import ScopeKind

WORDS = {
    "age": _("建成年代"),
    "floors": _("地上层数"),
    "use": _("用途"),
    "grade": _("房屋安全鉴定等级"),
    "plain": _("不着色"),
    "noData": _("缺数据"),
    "none": _("无"),
    "before": _("{year} 年前"),
    "between": _("{from}–{to} 年"),
    "since": _("{year} 年以来"),
    "floorsBetween": _("{from}–{to} 层"),
    "floorsAbove": _("{from} 层以上"),
    "cityLimit": _("市域范围"),
    "countyLimit": _("县（市、区）界"),
    "streetLimit": _("街道（乡镇）界"),
    "cases": _("办理事项"),
    "notices": _("公示"),
    "problems": _("问题点位"),
    "nothingWaits": _("没有待办的环节"),
    "distance": _("距离"),
    "area": _("面积"),
    "perimeter": _("周长"),
    "metres": _("米"),
    "kilometres": _("公里"),
    "squareMetres": _("平方米"),
    "hectares": _("公顷"),
    "squareKilometres": _("平方公里"),
    "measureStart": _("点击地图逐点量测，双击结束，空格取地图中心，退格撤销一点，Esc 取消"),
    "failed": _("没有读到，请检查网络后重试"),
    "tooMany": _("这一范围内有 {count} 个，放大后再显示"),
    "placeless": _("另有 {count} 件没有位置，不在图上"),
    "leftOut": _("另有 {count} 件超出一次可显示的数量"),
    "nothingHere": _("此处没有可查询的要素"),
    "found": _("此处有 {count} 个要素"),
    "legend": _("图例"),
    "printing": _("正在生成 PDF"),
    "printed": _("PDF 已生成"),
    "copied": _("链接已复制"),
    "noRows": _("当前没有打开专题图层。打开指标、问题或办理事项后，这里列出同样的内容。"),
    "region": _("范围"),
    "value": _("数值"),
    "problem": _("问题"),
    "number": _("编号"),
    "case": _("事项"),
    "light": _("时限"),
    "noGraphics": _("这台设备或浏览器不能显示三维图形（WebGL），地图不能打开。专题数据仍可在“表格”中查看。"),
    "mapLabel": _("地图"),
    "zoomIn": _("放大"),
    "zoomOut": _("缩小"),
    "resetNorth": _("转回正北"),
    "baseMap": _("底图"),
    "noIndicator": _("不显示指标"),
    "allProblems": _("全部问题"),
    "indicator": _("指标"),
    "dimension": _("维度"),
}
SCOPES = {kind.value: kind.label for kind in ScopeKind}
GROUPS = {
    "education": _("教育"),
    "health": _("医疗"),
    "elderly": _("养老"),
    "community": _("社区服务"),
    "commerce": _("商业便民"),
    "culture": _("文化"),
    "sport": _("体育活动"),
    "utility": _("市政环卫"),
    "safety": _("安全应急"),
    "administration": _("政务"),
    "housing": _("保障住房"),
}


def map_words() -> dict[str, Any]:
    """Return every word by key, translated."""
    return {
        **{key: str(value) for key, value in WORDS.items()},
        "lights": {light.value: light.word for light in Light},
        "scopes": {key: str(value) for key, value in SCOPES.items()},
        "groups": {key: str(value) for key, value in GROUPS.items()},
    }
