"""Doing the same to many: what is asked before it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.bulk import BulkAct
from huancheng.platform.casework.forms.answer_input import AnswerInput
from huancheng.platform.casework.queries.people import colleagues_of

ASKS = frozenset({BulkAct.HAND_OVER, BulkAct.COMPLETE, BulkAct.CHASE})
"""Acts before which something is asked."""

TITLES = {
    BulkAct.TAKE: _("领办"),
    BulkAct.PUT_BACK: _("放回"),
    BulkAct.HAND_OVER: _("转交"),
    BulkAct.COMPLETE: _("办结"),
    BulkAct.CHASE: _("督办"),
}


class BulkForm(forms.Form):
    """The colleague, and a reason or remark."""

    to = forms.TypedChoiceField(label=_("接办人"), coerce=int, empty_value=None, help_text=_("只列出本单位的同事"))
    words = forms.CharField(
        label=_("说明"), widget=AnswerInput({"rows": 3}), required=False, max_length=2000, strip=True
    )

    def __init__(self, act: BulkAct, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act is BulkAct.HAND_OVER:
            self.fields["to"].choices = [("", "—"), *colleagues_of(acting)]  # type: ignore[attr-defined]
        else:
            del self.fields["to"]
        if act is BulkAct.CHASE:
            self.fields["words"].label = _("督办理由")
            self.fields["words"].required = True
