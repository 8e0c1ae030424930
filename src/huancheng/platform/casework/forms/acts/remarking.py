"""Forms of words that move nothing."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain import remarking
from huancheng.platform.casework.domain.papers import ACT as ATTACH
from huancheng.platform.casework.domain.papers import Description, add_paper
from huancheng.platform.casework.forms.acts.base import ActForm, day_field, paper_field, words_field
from huancheng.platform.casework.forms.scans import scan_field, taken_scan
from huancheng.platform.casework.models import Paper
from huancheng.platform.casework.rules import may


class CommentForm(ActForm):
    """Leave a remark."""

    act = "comment"
    verb = _("留言")
    words = words_field(_("留言"), widget=forms.Textarea({"rows": 3}))

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
    scan = scan_field(_("批示原件扫描件"))

    def prepare(self) -> None:
        """Ask for the paper only where the person may add papers here."""
        if not may(self.acting, ATTACH, self.standing):
            del self.fields["scan"]

    def perform(self) -> None:
        """Record it, and keep its paper among those of the case; both or neither."""
        data = self.cleaned_data
        taken = taken_scan(self)
        with transaction.atomic():
            remarking.instruct(
                self.case, self.acting, words=data["words"], paper=data["paper"], day=data["day"],
                expected=self.expected,
            )  # fmt: skip
            if taken is not None:
                title = gettext("批示 %s") % data["paper"] if data["paper"] else gettext("批示")
                paper = Description(title, Paper.Kind.INSTRUCTION, number=data["paper"], dated=data["day"])
                add_paper(self.case, taken, paper, self.acting)
