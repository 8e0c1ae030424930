"""Forms of words that move nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain import remarking
from huancheng.platform.casework.forms.acts.base import ActForm, day_field, paper_field, words_field


class CommentForm(ActForm):
    """Leave a remark."""

    act = "comment"
    verb = _("留言")
    words = words_field(_("留言"), rows=3)

    def perform(self) -> None:
        """Leave it."""
        remarking.comment(self.case, self.acting, words=self.cleaned_data["words"])


class InstructForm(ActForm):
    """Record a leader's instruction."""

    act = "instruct"
    verb = _("登记批示")
    words = words_field(_("批示内容"), help_text=_("写明批示人职务和原文"))
    paper = paper_field(_("文号"), required=False)
    day = day_field(_("批示日期"))

    def perform(self) -> None:
        """Record it."""
        data = self.cleaned_data
        remarking.instruct(
            self.case, self.acting, words=data["words"], paper=data["paper"], day=data["day"], expected=self.expected
        )
