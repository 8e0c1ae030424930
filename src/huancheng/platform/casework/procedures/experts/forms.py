"""Forms of the pool, the draw, opinions and the conclusion."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts.base import LONGEST, DayInput, day_field, paper_field, words_field
from huancheng.platform.casework.forms.scans import brought_by, kept_scan, scan_field
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.procedures.experts.counting import count
from huancheng.platform.casework.procedures.experts.domain import drawing, opining, pool
from huancheng.platform.casework.procedures.experts.models import Conflict, Expert, ExpertOpinion, Panel, PanelSeat
from huancheng.platform.casework.procedures.experts.queries import fields_known, panel_in
from huancheng.platform.casework.procedures.forms import ProcedureForm
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock


class TellingForm(forms.Form):
    """A form that belongs to no step.

    Parameters
    ----------
    acting
        Who fills it in.
    """

    do: str = ""
    title: Any = ""
    verb: Any = ""
    lead: Any = ""

    def __init__(self, acting: Acting, *arguments: Any, **options: Any) -> None:
        options["auto_id"] = f"{self.do}-%s"
        super().__init__(*arguments, **options)
        self.acting = acting
        brought_by(self, acting)

    @abstractmethod
    def perform(self) -> None:
        """Do it with what was filled in."""

    def tell(self, fault: InputFault) -> None:
        """Put a fault of the domain to the field it is about."""
        words = f"{fault.message}。{fault.cure}" if fault.cure else fault.message
        self.add_error(fault.field if fault.field in self.fields else None, words)


class ExpertForm(TellingForm):
    """Take somebody into the pool, or renew what is said of them."""

    do, title, verb = "keep", _("专家入库"), _("保存")
    person: Any = forms.ModelChoiceField(label=_("专家"), queryset=None, help_text=_("须先建立人员和专家岗位"))
    fields_text = forms.CharField(label=_("专业"), max_length=200, help_text=_("用顿号或逗号分开，如：规划、结构"))
    employer: Any = forms.ModelChoiceField(
        label=_("工作单位"), queryset=Body.objects.filter(active=True), required=False
    )
    rank = forms.CharField(label=_("职称"), max_length=60, required=False)
    active = forms.BooleanField(label=_("可以抽取"), required=False, initial=True)

    def __init__(self, acting: Acting, expert: Expert | None, *arguments: Any, **options: Any) -> None:
        if expert is not None:
            options["initial"] = {
                "fields_text": "、".join(expert.fields), "employer": expert.employer_id, "rank": expert.rank,
                "active": expert.active,
            }  # fmt: skip
        super().__init__(acting, *arguments, **options)
        self.expert = expert
        field: Any = self.fields["person"]
        field.queryset = Person.objects.filter(posts__role="expert", is_active=True, expert__isnull=True).distinct()
        if expert is not None:
            del self.fields["person"]

    def perform(self) -> None:
        """Keep it."""
        data = self.cleaned_data
        names = data["fields_text"].replace("，", "、").replace(",", "、").split("、")
        person = self.expert.person_id if self.expert else data["person"].pk
        pool.keep_expert(
            person, self.acting, fields=names, employer=data["employer"].pk if data["employer"] else None,
            rank=data["rank"], active=data["active"],
        )  # fmt: skip


class ConflictForm(TellingForm):
    """Enter what an expert must not judge."""

    do, title, verb = "conflict", _("登记回避事项"), _("登记回避")
    body: Any = forms.ModelChoiceField(
        label=_("单位或实施主体"), queryset=Body.objects.filter(active=True), required=False
    )
    subject: Any = forms.ModelChoiceField(label=_("单元、项目等"), queryset=Subject.objects.all(), required=False)
    reason = forms.CharField(label=_("事由"), max_length=240)
    valid_from = forms.DateField(label=_("自"), widget=DayInput(), required=False)
    valid_until = forms.DateField(label=_("至"), widget=DayInput(), required=False)

    def __init__(self, acting: Acting, expert: Expert, *arguments: Any, **options: Any) -> None:
        super().__init__(acting, *arguments, **options)
        self.expert = expert

    def perform(self) -> None:
        """Enter it."""
        data = self.cleaned_data
        pool.add_conflict(
            self.expert.pk, self.acting, reason=data["reason"], body=data["body"].pk if data["body"] else None,
            subject=data["subject"].pk if data["subject"] else None, valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )  # fmt: skip


class EndConflictForm(TellingForm):
    """Let a conflict end."""

    do, title, verb = "end", _("解除回避"), _("解除回避")
    conflict: Any = forms.ModelChoiceField(label=_("回避事项"), queryset=None)

    def __init__(self, acting: Acting, expert: Expert, *arguments: Any, **options: Any) -> None:
        super().__init__(acting, *arguments, **options)
        field: Any = self.fields["conflict"]
        field.queryset = Conflict.objects.filter(expert=expert)

    def perform(self) -> None:
        """End it."""
        pool.end_conflict(self.cleaned_data["conflict"].pk, self.acting)


class DrawForm(ProcedureForm):
    """Draw a panel."""

    act, do, title = "draw_experts", "draw", _("抽取专家")
    verb = _("抽取专家")
    lead = _("随机抽取，种子和排除名单公开可查；每轮只抽一次，专家不能参加的按顺序递补。")
    seats = forms.IntegerField(label=_("人数"), min_value=1, max_value=99, help_text=_("单数"))
    fields_wanted = forms.MultipleChoiceField(
        label=_("专业"), required=False, widget=forms.CheckboxSelectMultiple(), help_text=_("不选为不限")
    )

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Once in a round."""
        return may(acting, cls.act, standing, step) and panel_in(standing, step) is None

    def prepare(self) -> None:
        """Offer the pool's fields, and the smallest panel."""
        self.fields["seats"].initial = int(self.standing.book.parameters[drawing.LEAST].value)
        choices: Any = self.fields["fields_wanted"]
        choices.choices = [(name, name) for name in fields_known()]

    def perform(self) -> None:
        """Draw."""
        data = self.cleaned_data
        drawing.draw(
            self.case, self.step, self.acting, seats=data["seats"], fields=data["fields_wanted"],
            expected=self.expected,
        )  # fmt: skip


class ConcludePanelForm(ProcedureForm):
    """Draw the conclusion from the opinions."""

    act, do, title = "conclude", "conclude", _("形成论证结论")
    verb = _("形成结论")
    passed = forms.TypedChoiceField(
        label=_("结论"),
        choices=(("1", _("通过")), ("0", _("不通过"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect(),
    )
    summary = words_field(_("论证意见汇总"), rows=6, help_text=_("供会议审议使用"))
    paper = paper_field(_("论证意见编号"), required=False)

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """While a panel is at work and enough opinions are in."""
        panel = panel_in(standing, step)
        if panel is None or panel.status != Panel.Status.OPEN or not may(acting, cls.act, standing, step):
            return False
        return count(panel).has_quorum(standing.plan.step(step).step.vote)

    def prepare(self) -> None:
        """Leave yes and no out where votes tell it."""
        if self.planned.step.vote is not None:
            del self.fields["passed"]

    def perform(self) -> None:
        """Conclude."""
        data = self.cleaned_data
        opining.conclude_panel(
            self.case, self.step, self.acting, summary=data["summary"], passed=data.get("passed"),
            paper=data["paper"], expected=self.expected,
        )  # fmt: skip


class OpinionForm(TellingForm):
    """Give an expert's opinion."""

    do, title, verb = "give", _("出具意见"), _("提交意见")
    verdict = forms.ChoiceField(label=_("结论"), choices=ExpertOpinion.Verdict.choices, widget=forms.RadioSelect())
    text = forms.CharField(label=_("意见"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}))
    day = day_field(_("日期"))
    paper = paper_field(_("签名意见表编号"), required=False)
    scan = scan_field(_("签名意见表"))

    def __init__(self, acting: Acting, place: PanelSeat, *arguments: Any, **options: Any) -> None:
        super().__init__(acting, *arguments, **options)
        self.place = place
        self.fields["day"].initial = clock.today()
        if place.expert.person_id == acting.person:
            del self.fields["paper"]

    def perform(self) -> None:
        """Give it."""
        data = self.cleaned_data
        opining.give_opinion(
            self.place.pk, self.acting, data["verdict"], text=data["text"], day=data["day"],
            paper=data.get("paper", ""), scan=kept_scan(self),
        )  # fmt: skip


class DeclineForm(TellingForm):
    """Say that one can't sit on the panel."""

    do, title, verb = "decline", _("不能参加"), _("确认不能参加")
    lead = _("有利害关系或不能参加的，请说明理由，由下一位专家递补。")
    reason = forms.CharField(label=_("理由"), max_length=240)

    def __init__(self, acting: Acting, place: PanelSeat, *arguments: Any, **options: Any) -> None:
        super().__init__(acting, *arguments, **options)
        self.place = place

    def perform(self) -> None:
        """Decline."""
        drawing.decline(self.place.pk, self.acting, reason=self.cleaned_data["reason"])
