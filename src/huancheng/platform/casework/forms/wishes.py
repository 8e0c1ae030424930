"""How a person wishes to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.models import MessageKind, MessageWish


class WishForm(forms.Form):
    """Kinds told at all, kinds told by mail, and when mail is sent."""

    told_kinds = forms.MultipleChoiceField(
        label=_("在系统内提醒"), choices=MessageKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    mail = forms.ChoiceField(label=_("邮件"), choices=MessageWish.Mail.choices, widget=forms.RadioSelect)
    mailed_kinds = forms.MultipleChoiceField(
        label=_("发邮件的事项"), choices=MessageKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.MAIL_MESSAGES:
            self.fields["mail"].disabled = True
            self.fields["mail"].help_text = _("本系统没有接通邮件，只在系统内提醒")
            del self.fields["mailed_kinds"]

    @classmethod
    def of(cls, wish: MessageWish, data: Mapping[str, Any] | None) -> Self:
        """Return the form filled with what the person said before."""
        every = set(MessageKind.values)
        initial = {
            "told_kinds": sorted(every - set(wish.muted)),
            "mail": wish.mail,
            "mailed_kinds": sorted(every - set(wish.unmailed)),
        }
        return cls(data, initial=initial)

    def told(self) -> tuple[str, set[str], set[str]]:
        """Return when mail is sent, what is not told at all, and what is not told by mail."""
        given, every = self.cleaned_data, set(MessageKind.values)
        unmailed = every - set(given["mailed_kinds"]) if "mailed_kinds" in given else set()
        return given["mail"], every - set(given["told_kinds"]), unmailed
