"""Forms of the register of plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.forms.acts.base import DayInput, words_field
from huancheng.platform.files.forms.taken_field import TakenField
from huancheng.platform.planning.domain.coverage import ReadGround, read_ground
from huancheng.platform.planning.domain.opinions import OpinionData, record_opinion
from huancheng.platform.planning.domain.register import PlanData, add_record, change_record
from huancheng.platform.planning.forms.base import PlanForm, layer_field
from huancheng.platform.planning.models import BureauOpinion, PlanRecord
from huancheng.platform.planning.queries.register import in_force
from huancheng.platform.planning.rules import register_home


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


class RecordForm(PlanForm):
    """What the register says of a plan."""

    kind = forms.ChoiceField(label=_("类型"), choices=PlanRecord.Kind.choices)
    title = forms.CharField(label=_("名称"), max_length=200)
    jurisdiction = forms.ChoiceField(label=_("辖区"), required=False)
    state = forms.ChoiceField(label=_("状态"), choices=PlanRecord.State.choices)
    number = forms.CharField(label=_("批准文号"), max_length=80, required=False)
    approved_on = _day(_("批准日期"))
    valid_until = _day(_("规划期限"))
    evaluated_on = _day(_("上次评估日期"))
    evaluate_by = _day(_("下次评估期限"))
    trigger = forms.CharField(
        label=_("修编触发条件"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("出现什么情况就要修编，如上位规划调整、重大项目选址"),
    )  # fmt: skip
    layer = layer_field(_("范围图层"))
    edition = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, acting: Acting, record: PlanRecord | None, *arguments: Any) -> None:
        initial = None if record is None else {**_initial(PlanData.of(record)), "edition": record.edition}
        super().__init__(acting, *arguments, initial=initial)
        self.record = record
        home = register_home(acting) or ""
        places = [(item.id, item.title) for item in current_book().jurisdictions if home in ("", item.id)]
        self.fields["jurisdiction"].choices = places if home else [("", gettext("全市")), *places]  # type: ignore[attr-defined]

    def save(self) -> PlanRecord | None:
        """Enter or change the plan; None where it was refused."""
        return self.carry_out(self._save)

    def _save(self) -> PlanRecord:
        data = self.cleaned_data
        told = PlanData(**{name: data[name] for name in PlanData.__slots__})
        ground: ReadGround | None = read_ground(data["layer"]) if data["layer"] else None
        if self.record is None:
            return add_record(told, self.acting, ground)
        return change_record(self.record.pk, told, self.acting, expected=data["edition"] or 0, ground=ground)


def _initial(data: PlanData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in PlanData.__slots__}


class ImportForm(PlanForm):
    """A workbook of plans."""

    file = forms.FileField(label=_("工作簿"), help_text=_("用下载的模板填写，另存为 xlsx；有一行不对就都不录入"))


class OpinionForm(PlanForm):
    """A written opinion of the bureau."""

    conclusion = forms.ChoiceField(label=_("结论"), choices=BureauOpinion.Conclusion.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("文号"), max_length=80)
    given_on = forms.DateField(label=_("来文日期"), widget=DayInput())
    plan: Any = forms.ModelChoiceField(
        label=_("对照的规划"), queryset=PlanRecord.objects.none(), required=False, empty_label=_("各类规划")
    )
    says = words_field(_("意见摘要"), required=False)
    scan = TakenField(label=_("扫描件"), required=False)

    def __init__(self, acting: Acting, places: tuple[str, ...], *arguments: Any) -> None:
        super().__init__(acting, *arguments)
        self.fields["plan"].queryset = in_force(acting, places)  # type: ignore[attr-defined]

    def save(self, kind: str, key: int) -> BureauOpinion | None:
        """Record the opinion; None where it was refused."""
        data = self.cleaned_data
        told = OpinionData(data["conclusion"], data["number"], data["given_on"], data["says"], data["plan"])
        stored = data["scan"].stored if data["scan"] else None
        return self.carry_out(lambda: record_opinion(kind, key, told, self.acting, stored))
