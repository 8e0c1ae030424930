"""The form at the door."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; says the same whether the name is unknown, the password wrong or the person inactive."""

    error_messages = {  # noqa: RUF012 - declared so by Django
        "invalid_login": _("用户名或密码不对。请核对后再试；连续 5 次不对，账号会锁定 15 分钟。"),
        "inactive": _("用户名或密码不对。请核对后再试；连续 5 次不对，账号会锁定 15 分钟。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")
