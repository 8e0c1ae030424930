"""Forms of recording what others decided, and of checking it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain import recording
from huancheng.platform.casework.forms.acts.base import ActForm, VoteFields, day_field, paper_field, words_field
from huancheng.platform.casework.forms.scans import kept_scan, scan_field

CONFIRM, REFUSE = "confirm", "refuse"


class RecordForm(VoteFields, ActForm):
    """Enter what a meeting or a red-headed document decided."""

    act = "record"
    verb = _("登记决定")
    lead = _("照会议纪要或文件登记，由另一人复核后路线才前进。")
    field_order = ("passed", "seats", "recused", "present", "yes", "paper", "document_day", "words", "scan")
    paper = paper_field(_("纪要号或文号"))
    document_day = day_field(_("文件日期"), help_text=_("会议或文件的日期，登记日期另记"))
    words = words_field(_("决定内容"), required=False, help_text=_("摘录文件中的决定"))
    scan = scan_field()

    def prepare(self) -> None:
        """Ask for votes only where the route sets a vote, and for a yes or no only where something is decided."""
        step = self.planned.step
        self.keep_fitting(voted=step.vote is not None, judged=step.kind.judges)

    def perform(self) -> None:
        """Keep the scan, then enter the decision."""
        data = self.cleaned_data
        recording.record_decision(
            self.case, self.step, self.acting, paper=data["paper"], document_day=data["document_day"],
            passed=self.passes(), vote=self.vote(), words=data["words"], scan=kept_scan(self), expected=self.expected,
        )  # fmt: skip


class ConfirmRecordForm(ActForm):
    """Check what a clerk entered against the paper."""

    act = "confirm_record"
    verb = _("提交复核结果")
    lead = _("请对照文件原件。确认后路线前进；不符的，由登记人重新登记。")
    verdict = forms.ChoiceField(
        label=_("复核结果"),
        choices=((CONFIRM, _("与文件一致，确认")), (REFUSE, _("与文件不符，不予确认"))),
        widget=forms.RadioSelect(),
    )
    words = words_field(_("说明"), required=False, help_text=_("不符的，写明不符之处"))

    def perform(self) -> None:
        """Confirm or refuse."""
        data = self.cleaned_data
        check = recording.confirm_record if data["verdict"] == CONFIRM else recording.refuse_record
        check(self.case, self.step, self.acting, words=data["words"], expected=self.expected)
