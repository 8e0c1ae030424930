"""Forms of a special plan."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.checkups.queries.runs import visible_runs
from huancheng.platform.planning.domain.coverage import ReadGround, drawn_ground, read_ground
from huancheng.platform.planning.domain.goals import Goal, goals_of
from huancheng.platform.planning.domain.special_plans import (
    begin_plan,
    carry_findings,
    change_texts,
    keep_area,
    set_basis,
    write_goals,
)
from huancheng.platform.planning.forms.base import PlanForm, layer_field
from huancheng.platform.planning.models import KeyArea, PlanRecord, SpecialPlan
from huancheng.platform.planning.queries.places import PlanPlace, place_of
from huancheng.platform.planning.queries.register import in_force


class BeginForm(PlanForm):
    """Where a special plan is begun."""

    place = forms.ChoiceField(label=_("规划范围"))
    title = forms.CharField(label=_("名称"), max_length=200, required=False, help_text=_("不填则由规划范围合成"))

    def __init__(self, acting: Acting, places: list[PlanPlace], *arguments: Any) -> None:
        super().__init__(acting, *arguments)
        self.places = {place.id: place for place in places}
        self.fields["place"].choices = [(place.id, place.title) for place in places]  # type: ignore[attr-defined]

    def save(self) -> SpecialPlan | None:
        """Begin the plan; None where it was refused."""
        data = self.cleaned_data
        return self.carry_out(lambda: begin_plan(self.places[data["place"]], self.acting, data["title"]))


class DraftForm(PlanForm):
    """A form on a draft; carries the edition the person saw."""

    edition = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, acting: Acting, plan: SpecialPlan, *arguments: Any, **options: Any) -> None:
        options["initial"] = {"edition": plan.edition, **options.get("initial", {})}
        super().__init__(acting, *arguments, **options)
        self.plan = plan

    @property
    def seen(self) -> int:
        """Edition the person saw."""
        return int(self.cleaned_data["edition"])


class TextForm(DraftForm):
    """Title, direction and strategy."""

    title = forms.CharField(label=_("名称"), max_length=200)
    direction = forms.CharField(label=_("更新方向"), required=False, widget=forms.Textarea({"rows": 6}))
    strategy = forms.CharField(label=_("发展策略"), required=False, widget=forms.Textarea({"rows": 10}))

    def __init__(self, acting: Acting, plan: SpecialPlan, *arguments: Any) -> None:
        initial = {"title": plan.title, "direction": plan.direction, "strategy": plan.strategy}
        super().__init__(acting, plan, *arguments, initial=initial)

    def save(self) -> SpecialPlan | None:
        """Change the texts; None where it was refused."""
        texts = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in ("title", "direction", "strategy")}
        return self.carry_out(lambda: change_texts(self.plan.pk, self.acting, expected=self.seen, **texts))


class BasisForm(DraftForm):
    """The check-up and the upper plans a plan rests on."""

    checkup: Any = forms.ModelChoiceField(
        label=_("城市体检"), queryset=CheckupRunRecord.objects.none(), required=False,
        help_text=_("换一次体检，由原体检带出的目标会清空"),
    )  # fmt: skip
    upper: Any = forms.ModelMultipleChoiceField(
        label=_("上位规划"), queryset=PlanRecord.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("须引用总体规划和控制性详细规划；台账里没有的，请先在规划台账登记"),
    )  # fmt: skip

    def __init__(self, acting: Acting, plan: SpecialPlan, *arguments: Any) -> None:
        initial = {"checkup": plan.checkup_id, "upper": list(plan.upper_plans.values_list("pk", flat=True))}
        super().__init__(acting, plan, *arguments, initial=initial)
        self.fields["checkup"].queryset = visible_runs(acting)  # type: ignore[attr-defined]
        place = place_of(plan.jurisdiction)
        upper: Any = self.fields["upper"]
        upper.queryset = in_force(acting, place.members if place else (plan.jurisdiction,))
        upper.label_from_instance = _named

    def save(self) -> SpecialPlan | None:
        """Cite them; None where it was refused."""
        data = self.cleaned_data
        upper = list(data["upper"])
        return self.carry_out(
            lambda: set_basis(self.plan.pk, self.acting, checkup=data["checkup"], upper=upper, expected=self.seen)
        )


class FindingsForm(DraftForm):
    """Findings of the check-up that become goals."""

    findings = forms.MultipleChoiceField(label=_("体检问题"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, acting: Acting, plan: SpecialPlan, offered: list[str], *arguments: Any) -> None:
        super().__init__(acting, plan, *arguments)
        self.fields["findings"].choices = [(key, key) for key in offered]  # type: ignore[attr-defined]

    def save(self) -> SpecialPlan | None:
        """Carry them; None where it was refused."""
        chosen = self.cleaned_data["findings"]
        return self.carry_out(lambda: carry_findings(self.plan.pk, self.acting, chosen, expected=self.seen))


class GoalsForm(DraftForm):
    """The words and years of the goals."""

    def __init__(self, acting: Acting, plan: SpecialPlan, *arguments: Any) -> None:
        self.goals = goals_of(plan.goals)
        initial: dict[str, Any] = {}
        for number, goal in enumerate(self.goals):
            initial |= {f"goal-{number}": goal.goal, f"by-{number}": goal.by}
        super().__init__(acting, plan, *arguments, initial=initial)
        for number, goal in enumerate(self.goals):
            named = {"goal": goal.problem, "scope": goal.scope}
            shown = {"value": goal.value, "indicator": goal.indicator_name}
            self.fields[f"goal-{number}"] = forms.CharField(
                label=gettext("%(scope)s%(goal)s：目标") % named, max_length=400, widget=forms.Textarea({"rows": 2}),
                help_text=gettext("现状 %(value)s · 指标 %(indicator)s") % shown,
            )  # fmt: skip
            self.fields[f"by-{number}"] = forms.IntegerField(
                label=gettext("完成年份"), min_value=2000, max_value=2100, required=False
            )
            self.fields[f"drop-{number}"] = forms.BooleanField(label=gettext("移除这个目标"), required=False)

    def save(self) -> SpecialPlan | None:
        """Write them; None where it was refused."""
        data = self.cleaned_data
        kept = [
            Goal(**{**goal.as_row(), "goal": data[f"goal-{number}"], "by": data[f"by-{number}"]})
            for number, goal in enumerate(self.goals)
            if not data[f"drop-{number}"]
        ]
        return self.carry_out(lambda: write_goals(self.plan.pk, self.acting, kept, expected=self.seen))


class KeyAreaForm(DraftForm):
    """A key area: its name, direction and place."""

    name = forms.CharField(label=_("名称"), max_length=120)
    direction = forms.CharField(label=_("更新方向"), required=False, widget=forms.Textarea({"rows": 4}))
    drawn = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput({"data-no-draft": ""}))
    layer = layer_field(_("范围图层"), _("在地图上画，或上传 GeoPackage、shp（打成 zip）、GeoJSON；上传的优先"))

    def __init__(self, acting: Acting, plan: SpecialPlan, area: KeyArea | None, *arguments: Any) -> None:
        initial = {} if area is None else {"name": area.name, "direction": area.direction}
        super().__init__(acting, plan, *arguments, initial=initial)
        self.area = area

    def clean_drawn(self) -> dict[str, Any] | None:
        """Return what was drawn as GeoJSON; None where nothing was."""
        text = self.cleaned_data["drawn"]
        if not text:
            return None
        try:
            shape = json.loads(text)
        except ValueError as error:
            raise forms.ValidationError(gettext("画的范围没有收全，请重画")) from error
        return shape if isinstance(shape, dict) else None

    def save(self) -> KeyArea | None:
        """Keep the area; None where it was refused."""
        return self.carry_out(self._save)

    def _save(self) -> KeyArea:
        data = self.cleaned_data
        area = self.area or KeyArea()
        area.name, area.direction = data["name"], data["direction"].replace("\r\n", "\n")
        ground = self._ground()
        if ground is not None:
            ground.lay_on(area)
        return keep_area(self.plan.pk, self.acting, area, expected=self.seen)

    def _ground(self) -> ReadGround | None:
        data = self.cleaned_data
        if data["layer"]:
            return read_ground(data["layer"])
        try:
            return drawn_ground(data["drawn"]) if data["drawn"] is not None else None
        except InputFault:
            self.add_error("layer", gettext("画的范围不是一个面，请重画"))
            raise


def _named(record: PlanRecord) -> str:
    words = f"{record.get_kind_display()}：{record.title}"
    return f"{words}（{record.number}）" if record.number else words
