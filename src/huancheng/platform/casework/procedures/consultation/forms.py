"""Forms of asking, answering, concluding and finding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts.base import LONGEST, DayInput, day_field, paper_field, words_field
from huancheng.platform.casework.forms.scans import brought_by, kept_scan, scan_field
from huancheng.platform.casework.procedures.consultation.domain import answering, asking, finding, settling
from huancheng.platform.casework.procedures.consultation.models import Finding, OpinionAnswer, OpinionRequest
from huancheng.platform.casework.procedures.consultation.queries import askable
from huancheng.platform.casework.procedures.forms import ProcedureForm
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock


class AskForm(ProcedureForm):
    """Ask bodies for their opinion."""

    act, do, title = "consult", "ask", _("发出征询")
    verb = _("发出征询")
    lead = _("选择单位集合时，其成员逐家征询；被征询单位即可查看本案卷。")
    bodies: Any = forms.ModelMultipleChoiceField(
        label=_("征询单位"), queryset=None, widget=forms.CheckboxSelectMultiple()
    )
    matter = words_field(_("征询事项"), required=False, rows=3)
    due = forms.DateField(label=_("答复期限"), widget=DayInput(), required=False)

    def prepare(self) -> None:
        """Offer who can be asked, the step's own body first; leave the day out where the step sets the time."""
        field: Any = self.fields["bodies"]
        field.queryset = askable(self.standing, self.step)
        body = self.standing.body_of(self.planned)
        field.initial = [body.pk] if body is not None and self.planned.step.kind in settling.ASKING else []
        if self.planned.step.days is not None:
            del self.fields["due"]

    def perform(self) -> None:
        """Ask."""
        data = self.cleaned_data
        asking.ask(
            self.case, self.step, self.acting, [body.pk for body in data["bodies"]], matter=data["matter"],
            due=data.get("due"), expected=self.expected,
        )  # fmt: skip


class CancelForm(ProcedureForm):
    """Take a request back."""

    act, do, title = "consult", "cancel", _("撤销征询")
    verb = _("撤销征询")
    request: Any = forms.ModelChoiceField(label=_("征询单位"), queryset=None)
    words = words_field(_("理由"), rows=2)

    def prepare(self) -> None:
        """Offer the requests that wait."""
        field: Any = self.fields["request"]
        waiting = settling.asked_now(self.standing, self.step).filter(status=OpinionRequest.Status.OPEN)
        field.queryset = waiting.select_related("body")
        field.label_from_instance = lambda row: row.body.name

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Only while somebody has not answered."""
        if not may(acting, cls.act, standing, step):
            return False
        return settling.asked_now(standing, step).filter(status=OpinionRequest.Status.OPEN).exists()

    def perform(self) -> None:
        """Take it back."""
        asking.cancel(self.cleaned_data["request"].pk, self.acting, reason=self.cleaned_data["words"])


class LapseOpinionsForm(ProcedureForm):
    """Take silence as no objection."""

    act, do, title = "lapse", "lapse", _("视为无异议")
    verb = _("视为无异议")
    lead = _("期限已过仍未答复的单位，按政策包规定视为无异议，并如实显示。")

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Only where somebody's time is over."""
        if not may(acting, cls.act, standing, step):
            return False
        late = settling.asked_now(standing, step).filter(status=OpinionRequest.Status.OPEN, due_on__lt=clock.today())
        return late.filter(silence_consents=True).exists()

    def perform(self) -> None:
        """Let them lapse."""
        settling.lapse(self.case, self.step, self.acting, expected=self.expected)


class ConcludeForm(ProcedureForm):
    """Decide a step of asking by hand."""

    act, do, title = "conclude", "conclude", _("形成结论")
    verb = _("形成结论")
    lead = _("有单位不同意，或名单未征询齐时，由您汇总各方意见作出结论。")
    passed = forms.TypedChoiceField(
        label=_("结论"),
        choices=(("1", _("通过")), ("0", _("不通过"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect(),
    )
    opinion = words_field(_("综合意见"))
    paper = paper_field(required=False)

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Only where somebody was asked and nobody is waited for."""
        if not may(acting, cls.act, standing, step):
            return False
        status = set(settling.asked_now(standing, step).values_list("status", flat=True))
        return bool(status) and OpinionRequest.Status.OPEN not in status

    def prepare(self) -> None:
        """Ask for yes or no only where the step judges."""
        if not self.planned.step.kind.judges:
            del self.fields["passed"]

    def perform(self) -> None:
        """Decide."""
        data = self.cleaned_data
        settling.conclude(
            self.case, self.step, self.acting, passed=data.get("passed", True), opinion=data["opinion"],
            paper=data["paper"], expected=self.expected,
        )  # fmt: skip


class AnswerForm(forms.Form):
    """Answer a request.

    Parameters
    ----------
    request
        What is answered.
    acting
        Who answers.
    """

    opinion = forms.ChoiceField(label=_("意见"), choices=OpinionAnswer.Opinion.choices, widget=forms.RadioSelect())
    text = forms.CharField(
        label=_("具体意见"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 5}),
        help_text=_("有意见或不同意的，请逐条写明"),
    )  # fmt: skip
    paper = paper_field(_("来文号"), required=False)
    day = day_field(_("答复日期"))
    scan = scan_field()

    def __init__(self, request: OpinionRequest, acting: Acting, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.request, self.acting = request, acting
        brought_by(self, acting)
        self.fields["day"].initial = clock.today()
        if acting.body != request.body_id:
            self.fields["paper"].required = True

    def perform(self) -> None:
        """Answer."""
        data = self.cleaned_data
        answering.answer(
            self.request.pk, self.acting, data["opinion"], text=data["text"], paper=data["paper"], day=data["day"],
            scan=kept_scan(self),
        )  # fmt: skip

    def tell(self, fault: InputFault) -> None:
        """Put a fault of the domain to the field it is about."""
        words = f"{fault.message}。{fault.cure}" if fault.cure else fault.message
        self.add_error(fault.field if fault.field in self.fields else None, words)


class FindingForm(ProcedureForm):
    """State what a legality review or a risk assessment found."""

    act, do, title = "complete", "find", _("提交审查结论")
    verb = _("提交结论")
    result = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect())
    text = words_field(_("审查情况"), required=False)
    measures = words_field(_("修改意见或防范措施"), required=False)
    paper = paper_field(_("意见书文号"), required=False)
    scan = scan_field()

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Who ends the step states the result."""
        judges = standing.plan.step(step).step.kind.judges
        return may(acting, "decide" if judges else "complete", standing, step)

    def prepare(self) -> None:
        """Offer the results of this kind of review."""
        field: Any = self.fields["result"]
        field.choices = [(item.value, Finding.Result(item).label) for item in finding.RESULTS[self.planned.step.kind]]

    def perform(self) -> None:
        """State it."""
        data = self.cleaned_data
        finding.find(
            self.case, self.step, self.acting, data["result"], text=data["text"], measures=data["measures"],
            paper=data["paper"], scan=kept_scan(self), expected=self.expected,
        )  # fmt: skip
