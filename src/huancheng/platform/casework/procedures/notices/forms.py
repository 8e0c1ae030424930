"""Forms of notices: for officers, and for the public."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts.base import DayInput, day_field, paper_field, words_field
from huancheng.platform.casework.forms.scans import kept_scan, scan_field
from huancheng.platform.casework.procedures.forms import ProcedureForm
from huancheng.platform.casework.procedures.notices.domain import objecting, publishing
from huancheng.platform.casework.procedures.notices.domain.objecting import LONGEST, Sender
from huancheng.platform.casework.procedures.notices.models import Notice, NoticePlace, Objection
from huancheng.platform.casework.procedures.notices.queries import notice_in, papers_for_public
from huancheng.platform.casework.procedures.stage import time_from
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock

CONSENT = _("我同意经办机关保存上述姓名和联系方式，仅用于核实和答复本条意见；我可以随时要求删除")


class PublishForm(ProcedureForm):
    """Put up a notice."""

    act, do, title = "publish_notice", "publish", _("发布公示")
    verb = _("发布公示")
    lead = _("发布后公众即可查看；公众只看到这里填写的内容和所选的公开版文件。")
    name = forms.CharField(label=_("标题"), max_length=200)
    words = forms.CharField(label=_("公示内容"), max_length=20000, widget=forms.Textarea({"rows": 10}))
    contact = forms.CharField(label=_("其他反映方式"), max_length=200, required=False, help_text=_("地址、单位电话"))
    ends_on = forms.DateField(label=_("公示截止"), widget=DayInput(), required=False)
    papers: Any = forms.ModelMultipleChoiceField(
        label=_("随附文件（公开版）"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("只列出已经两人核对并公开的文件"),
    )  # fmt: skip

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Once in a round."""
        return may(acting, cls.act, standing, step) and notice_in(standing, step) is None

    def prepare(self) -> None:
        """Offer the public copies, and the shortest time of the step."""
        field: Any = self.fields["papers"]
        field.queryset = papers_for_public(self.standing)
        shortest = time_from(self.standing, self.planned, clock.today())
        if shortest is not None:
            self.fields["ends_on"].initial = shortest.day

    def perform(self) -> None:
        """Put it up."""
        data = self.cleaned_data
        publishing.publish(
            self.case, self.step, self.acting, title=data["name"], text=data["words"], contact=data["contact"],
            ends_on=data["ends_on"], papers=[paper.pk for paper in data["papers"]], expected=self.expected,
        )  # fmt: skip


class HungForm(ProcedureForm):
    """A form about the notice that hangs in the step."""

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """While a notice hangs in this round."""
        return may(acting, cls.act, standing, step) and notice_in(standing, step) is not None

    @property
    def notice(self) -> int:
        """Id of the notice; 0 where none hangs."""
        row = notice_in(self.standing, self.step)
        return row.pk if row else 0


class PlaceForm(HungForm):
    """Show where else it hung."""

    act, do, title = "publish_notice", "place", _("登记公示位置")
    verb = _("登记公示位置")
    kind = forms.ChoiceField(label=_("方式"), choices=NoticePlace.Kind.choices)
    place = forms.CharField(label=_("位置或网址"), max_length=200)
    day = day_field(_("日期"))
    scan = scan_field(_("照片或截图"))

    def perform(self) -> None:
        """Keep it."""
        data = self.cleaned_data
        publishing.add_place(
            self.notice, self.acting, kind=data["kind"], place=data["place"], day=data["day"],
            evidence=kept_scan(self),
        )  # fmt: skip


class AnswerObjectionsForm(HungForm):
    """Answer objections."""

    act, do, title = "answer_objection", "answer", _("答复意见")
    verb = _("答复所选意见")
    lead = _("可多选，用同一段话答复；办结前可以改正答复。")
    objections: Any = forms.ModelMultipleChoiceField(
        label=_("意见"), queryset=None, widget=forms.CheckboxSelectMultiple()
    )
    verdict = forms.ChoiceField(label=_("处理结果"), choices=Objection.Verdict.choices, widget=forms.RadioSelect())
    answer = words_field(_("答复"), help_text=_("公众凭回执编号可以查到"))

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Only where somebody objected."""
        row = notice_in(standing, step)
        return row is not None and may(acting, cls.act, standing, step) and row.objections.exists()

    def prepare(self) -> None:
        """Offer all objections, those that wait first."""
        field: Any = self.fields["objections"]
        field.queryset = Objection.objects.filter(notice=self.notice).order_by("verdict", "pk")
        field.label_from_instance = lambda row: f"{row.pk} · {row.text[:60]}"

    def perform(self) -> None:
        """Answer."""
        data = self.cleaned_data
        objecting.answer_objections(
            self.notice, self.acting, [row.pk for row in data["objections"]], verdict=data["verdict"],
            answer=data["answer"], expected=self.expected,
        )  # fmt: skip


class EnterObjectionForm(HungForm):
    """Enter an objection that came on paper or by word of mouth."""

    act, do, title = "answer_objection", "enter", _("登记来信来访意见")
    verb = _("登记意见")
    channel = forms.ChoiceField(label=_("来源"), choices=Objection.Channel.choices[1:])
    words = words_field(_("意见"))
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    address = forms.CharField(label=_("联系方式"), max_length=200, required=False)
    consent = forms.BooleanField(label=_("本人同意保存姓名和联系方式"), required=False)

    def perform(self) -> None:
        """Take it in."""
        data = self.cleaned_data
        sender = Sender(data["name"], data["address"], data["consent"])
        objecting.enter_objection(self.notice, self.acting, data["channel"], data["words"], sender)


class EraseForm(HungForm):
    """Erase who sent an objection."""

    act, do, title = "answer_objection", "erase", _("删除个人信息")
    verb = _("删除个人信息")
    lead = _("只删姓名和联系方式，意见和答复保留。")
    objection: Any = forms.ModelChoiceField(label=_("意见"), queryset=None)

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Only where there is something to erase."""
        row = notice_in(standing, step)
        named = row is not None and row.objections.filter(contact__isnull=False).exists()
        return named and may(acting, cls.act, standing, step)

    def prepare(self) -> None:
        """Offer those with a name."""
        field: Any = self.fields["objection"]
        field.queryset = Objection.objects.filter(notice=self.notice, contact__isnull=False)
        field.label_from_instance = lambda row: f"{row.pk} · {row.text[:40]}"

    def perform(self) -> None:
        """Erase."""
        objecting.erase_contact(self.cleaned_data["objection"].pk, self.acting)


class HearingForm(ProcedureForm):
    """Record a hearing."""

    act, do, title = "record_hearing", "hearing", _("登记听证")
    verb = _("登记听证")
    held_on = day_field(_("听证日期"))
    place = forms.CharField(label=_("地点"), max_length=200)
    invited = forms.IntegerField(label=_("通知人数"), min_value=0)
    attended = forms.IntegerField(label=_("到会人数"), min_value=0)
    text = words_field(_("听证情况"))
    outcome = words_field(_("采纳情况"))
    paper = paper_field(_("听证笔录编号"))
    scan = scan_field(_("听证笔录"))

    def perform(self) -> None:
        """Record it."""
        data = {name: self.cleaned_data[name] for name in self.fields if name not in {"version", "scan"}}
        publishing.record_hearing(
            self.case, self.step, self.acting, **data, scan=kept_scan(self), expected=self.expected
        )


class CompleteNoticeForm(HungForm):
    """End the notice."""

    act, do, title = "complete", "complete", _("办结公示")
    verb = _("办结公示")
    paper = paper_field(_("公示情况说明编号"), required=False)
    words = words_field(_("公示情况"), required=False, rows=3)

    def perform(self) -> None:
        """End it."""
        data = self.cleaned_data
        publishing.complete_notice(
            self.case, self.step, self.acting, paper=data["paper"], words=data["words"], expected=self.expected
        )


class ObjectionForm(forms.Form):
    """What somebody of the public says about a notice."""

    text = forms.CharField(label=_("您的意见"), max_length=LONGEST, widget=forms.Textarea({"rows": 6}))
    name = forms.CharField(
        label=_("姓名"), max_length=60, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    address = forms.CharField(
        label=_("联系方式"), max_length=200, required=False, help_text=_("电话、邮箱或地址，便于答复")
    )
    consent = forms.BooleanField(label=CONSENT, required=False)
    website = forms.CharField(
        label=_("请勿填写"), required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )
    """A field people don't see; what fills it in is a machine."""

    def __init__(self, notice: Notice, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.notice = notice
        self.made: Objection | None = None

    @property
    def is_by_machine(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.data.get("website", "").strip())

    def perform(self) -> None:
        """Take it in."""
        data = self.cleaned_data
        sender = Sender(data["name"], data["address"], data["consent"])
        self.made = objecting.object_to(self.notice.pk, data["text"], sender)

    def tell(self, fault: InputFault) -> None:
        """Put a fault of the domain to the field it is about."""
        words = f"{fault.message}。{fault.cure}" if fault.cure else fault.message
        self.add_error(fault.field if fault.field in self.fields else None, words)


class FollowForm(forms.Form):
    """Ask what became of an objection."""

    receipt = forms.CharField(label=_("回执编号"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
