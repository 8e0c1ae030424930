"""Forms of the acts that carry a case on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain import stepping
from huancheng.platform.casework.forms.acts.base import ActForm, VoteFields, day_field, paper_field, words_field


class CompleteForm(ActForm):
    """End a step that judges nothing."""

    act = "complete"
    verb = _("办结")
    paper = paper_field(_("文号或回执号"), required=False)
    day = day_field(_("办结日期"), help_text=_("以文件日期为准，不早于本环节开始之日"))
    words = words_field(_("说明"), required=False)

    def perform(self) -> None:
        """End the step."""
        data = self.cleaned_data
        stepping.complete(
            self.case, self.step, self.acting, paper=data["paper"], words=data["words"], day=data["day"],
            expected=self.expected,
        )  # fmt: skip


class DecideForm(VoteFields, ActForm):
    """Say yes or no, with an opinion."""

    act = "decide"
    verb = _("作出决定")
    field_order = ("passed", "seats", "recused", "present", "yes", "words", "paper", "day")
    words = words_field(_("意见"))
    paper = paper_field(required=False)
    day = day_field(_("决定日期"))

    def prepare(self) -> None:
        """Ask for votes only where the route sets a vote."""
        self.keep_fitting(voted=self.planned.step.vote is not None, judged=True)

    def perform(self) -> None:
        """Decide."""
        data = self.cleaned_data
        stepping.decide(
            self.case, self.step, self.acting, passed=self.passes(), vote=self.vote(), opinion=data["words"],
            paper=data["paper"], day=data["day"], expected=self.expected,
        )  # fmt: skip


class SkipForm(ActForm):
    """Leave an optional step out."""

    act = "skip"
    verb = _("略过此环节")
    words = words_field(_("理由"))

    def perform(self) -> None:
        """Leave it out."""
        stepping.skip(self.case, self.step, self.acting, words=self.cleaned_data["words"], expected=self.expected)


class LapseForm(ActForm):
    """State that nobody answered in time."""

    act = "lapse"
    verb = _("视为无异议")
    lead = _("期限届满仍未答复的，按路线规定视为无异议。")
    words = words_field(_("说明"), required=False)

    def perform(self) -> None:
        """State it."""
        stepping.lapse(self.case, self.step, self.acting, words=self.cleaned_data["words"], expected=self.expected)
