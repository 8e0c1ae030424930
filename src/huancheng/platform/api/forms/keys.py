"""Forms for keys and webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.common import clock

_USUAL = timedelta(days=90)


def _in_three_months() -> Any:
    return clock.today() + _USUAL


class TokenForm(forms.Form):
    """What a key is for, how long it lives, and whether it may act."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：与省平台交换数据"))
    expires_on = forms.DateField(
        label=_("有效期至"), initial=_in_three_months, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    may_act = forms.BooleanField(label=_("允许办理（否则只能读取）"), required=False)


class WebhookForm(forms.Form):
    """Where a program wants to be told, and of what."""

    name = forms.CharField(label=_("名称"), max_length=60)
    address = forms.URLField(
        label=_("网址"), max_length=300, assume_scheme="https", help_text=_("主机须在管理员设置的允许名单内")
    )
    acts = forms.MultipleChoiceField(label=_("通知哪些事项"), required=False, help_text=_("不选则全部通知"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts"].choices = [(act.id, act.title) for act in current_book().posts.acts]  # type: ignore[attr-defined]
