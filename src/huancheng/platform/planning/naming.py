"""Names of plans for those who read the log, and words for what was done to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import Naming, register_naming, register_titles
from huancheng.platform.planning.models import Alternative, PlanRecord, RenewalUnit, SpecialPlan, UnitPlan

TITLES = {
    "plan_record.added": _("登记规划"),
    "plan_record.changed": _("修改台账"),
    "plan.opinion": _("登记书面意见"),
    "special_plan.begun": _("建立专项规划"),
    "special_plan.changed": _("修改规划文字"),
    "special_plan.basis": _("修改规划依据"),
    "special_plan.goals": _("修改规划目标"),
    "special_plan.area_added": _("新增重点区域"),
    "special_plan.area_changed": _("修改重点区域"),
    "special_plan.area_dropped": _("移除重点区域"),
    "special_plan.version": _("新建版本"),
    "special_plan.case": _("关联案卷"),
    "special_plan.adopted": _("批准定稿"),
    "special_plan.replaced": _("被后来的版本替代"),
    "special_plan.units": _("采用单元方案"),
    "alternative.added": _("新增单元方案"),
    "alternative.edited": _("调整单元"),
    "alternative.undone": _("撤销调整"),
    "alternative.redone": _("重做调整"),
    "alternative.saved": _("另存为方案"),
    "alternative.adopted": _("采用方案"),
    "special_plan.document": _("生成规划文本"),
    "unit_plan.begun": _("建立单元规划"),
    "unit_plan.filled": _("上传填报内容"),
    "unit_plan.computed": _("测算单元规划"),
    "unit_plan.document": _("生成单元规划文本和图层"),
    "unit_plan.case": _("关联案卷"),
    "unit_plan.change_case": _("关联控规调整案卷"),
    "unit_plan.adopted": _("批准定稿"),
    "unit_plan.filed": _("备案"),
    "unit_plan.replaced": _("被后来的版本替代"),
}


def offer_names() -> None:
    """Offer names and words; called when the app is ready."""
    register_titles(TITLES)
    for kind, title, model, page in (
        ("plan-record", _("规划台账"), PlanRecord, "planning:register-record"),
        ("special-plan", _("专项规划"), SpecialPlan, "planning:special-plan"),
        ("alternative", _("单元方案"), Alternative, "planning:alternative"),
        ("renewal-unit", _("更新单元"), RenewalUnit, "planning:unit"),
        ("unit-plan", _("单元规划"), UnitPlan, "planning:unit-plan"),
    ):
        register_naming(kind, Naming(title, _names_of(model), url=_url_of(page)))


def _names_of(model: type[Model]) -> Callable[[Collection[int]], Mapping[int, str]]:
    def names(numbers: Collection[int]) -> Mapping[int, str]:
        rows = model._default_manager.filter(pk__in=numbers)  # noqa: SLF001 - Django's name for a model's manager
        return {row.pk: str(row) for row in rows}

    return names


def _url_of(page: str) -> Callable[[int], str]:
    return lambda number: reverse(page, args=[number])
