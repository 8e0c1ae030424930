"""Forms of the acts that carry a case back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain import returning
from huancheng.platform.casework.forms.acts.base import ActForm, words_field


class CorrectionForm(ActForm):
    """Ask for corrected papers."""

    act = "request_correction"
    verb = _("要求补正")
    lead = _("本环节停止计时，直到补正材料提交。")
    words = words_field(_("需要补正的内容"))

    def perform(self) -> None:
        """Ask."""
        returning.request_correction(
            self.case, self.step, self.acting, words=self.cleaned_data["words"], expected=self.expected
        )


class SupplyForm(ActForm):
    """Hand the corrected contents in."""

    act = "supply_correction"
    verb = _("提交补正")
    lead = _("请先在“内容”中改好，再提交；审核环节恢复计时。")
    words = words_field(_("补正说明"), required=False)

    def perform(self) -> None:
        """Hand in."""
        returning.supply_correction(
            self.case, self.step, self.acting, words=self.cleaned_data["words"], expected=self.expected
        )


class ReturnForm(ActForm):
    """Send the case back to an earlier step."""

    act = "return"
    verb = _("退回")
    lead = _("退回后，该环节及其后的环节重新办理，轮次加一。")
    to = forms.ChoiceField(label=_("退回至"))
    words = words_field(_("退回理由"))

    def prepare(self) -> None:
        """Offer the earlier steps, the nearest first."""
        names = [item.step.id for item in self.standing.plan.steps]
        earlier = reversed(self.standing.plan.steps[: names.index(self.step)])
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (item.step.id, f"{gettext(item.step.kind.official)}（{item.body.name}）") for item in earlier
        ]

    def perform(self) -> None:
        """Send it back."""
        data = self.cleaned_data
        returning.return_(self.case, self.step, self.acting, to=data["to"], words=data["words"], expected=self.expected)


class WithdrawForm(ActForm):
    """Take the case back."""

    act = "withdraw"
    verb = _("撤回案卷")
    lead = _("撤回后停止办理，可以修改后重新提交。")
    words = words_field(_("撤回理由"))

    def perform(self) -> None:
        """Take it back."""
        returning.withdraw(self.case, self.acting, words=self.cleaned_data["words"], expected=self.expected)


class ResubmitForm(ActForm):
    """Begin the case anew."""

    act = "resubmit"
    verb = _("重新提交")
    lead = _("从第一个环节重新办理，轮次加一；已写的内容保留，可以继续修改。")
    words = words_field(_("说明"), required=False)

    def perform(self) -> None:
        """Begin anew."""
        returning.resubmit(self.case, self.acting, words=self.cleaned_data["words"], expected=self.expected)
