"""Form of entering a step that was carried out before this system came."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain.back_entry import PastStep, back_enter
from huancheng.platform.casework.forms.acts.base import ActForm, day_field, paper_field, words_field


class BackEntryForm(ActForm):
    """Enter a past step with its paper."""

    act = "back_enter"
    verb = _("补录此环节")
    lead = _("只用于系统启用前已经办过的事项；补录的环节有标记，不计入时限统计。")
    passed = forms.TypedChoiceField(
        label=_("结果"),
        choices=(("1", _("通过")), ("0", _("不通过"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect(),
    )
    paper = paper_field(_("文号"))
    document_day = day_field(_("文件日期"))
    words = words_field(_("说明"), required=False)

    def prepare(self) -> None:
        """Ask for a yes or no only where something was decided."""
        if not self.planned.step.kind.judges:
            del self.fields["passed"]

    def perform(self) -> None:
        """Enter it."""
        data = self.cleaned_data
        past = PastStep(self.step, data["document_day"], data["paper"], data.get("passed"))
        back_enter(self.case, [past], self.acting, words=data["words"], expected=self.expected)
