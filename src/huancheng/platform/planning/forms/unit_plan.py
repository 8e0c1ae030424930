"""The form by which a unit plan is filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.files.forms.taken_field import TakenField
from huancheng.platform.planning.domain.drawing import snapshot_of
from huancheng.platform.planning.domain.unit_forms import read_workbook
from huancheng.platform.planning.domain.unit_parcels import read_parcels
from huancheng.platform.planning.domain.unit_plans import fill_in
from huancheng.platform.planning.forms.base import PlanForm
from huancheng.platform.planning.models import UnitPlan


class FillForm(PlanForm):
    """A workbook, the shapes of the planned parcels, or both."""

    edition = forms.IntegerField(widget=forms.HiddenInput())
    workbook = TakenField(
        label=_("工作簿"), required=False, help_text=_("下载的 xlsx，填写后上传；有一处不对就都不录入，原有内容不变")
    )
    parcels = TakenField(
        label=_("规划地块图层"), required=False,
        help_text=_("GeoPackage、shp（打成 zip）、GeoJSON 或 DXF；每个地块一个面，编号与工作簿一致"),
    )  # fmt: skip

    def __init__(self, acting: Acting, plan: UnitPlan, *arguments: Any) -> None:
        super().__init__(acting, *arguments, initial={"edition": plan.edition})
        self.plan = plan

    def clean(self) -> dict[str, Any]:
        """See that something was brought."""
        data = super().clean() or {}
        if not data.get("workbook") and not data.get("parcels") and not self.errors:
            raise forms.ValidationError(gettext("请选择工作簿或地块图层"), code="required")
        return data

    def save(self) -> UnitPlan | None:
        """Read what was brought and keep it; None where it was refused."""
        return self.carry_out(self._save)

    def _save(self) -> UnitPlan:
        data = self.cleaned_data
        form = read_workbook(data["workbook"]) if data["workbook"] else None
        city = snapshot_of(self.plan.unit.plan).crs if data["parcels"] else None
        parcels = read_parcels(data["parcels"], city) if city is not None else None
        return fill_in(self.plan.pk, self.acting, form=form, parcels=parcels, expected=int(data["edition"]))
