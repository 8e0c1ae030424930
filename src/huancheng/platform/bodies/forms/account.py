"""Forms about oneself: password, second factor, delegation, timed session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Person

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewPasswordForm(PasswordChangeForm):
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("old_password", _("现用密码")), ("new_password1", _("新密码")), ("new_password2", _("再输一次新密码")),
        ):  # fmt: skip
            self.fields[name].label = label
        self.fields["new_password1"].help_text = _(
            "至少 10 位，不能全是数字，不能与用户名或姓名相近，也不能是常见密码。"
        )
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self) -> str:
        """Refuse the password in use: a change must change something."""
        wanted: str = self.cleaned_data["new_password1"]
        if self.user.check_password(wanted):
            raise forms.ValidationError(_("新密码不能与现用密码相同。"))
        return wanted


class CodeForm(forms.Form):
    """A one-time code, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"), max_length=16, strip=True,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True, "spellcheck": "false"}
        ),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Leave blanks and case aside."""
        return str(self.cleaned_data["code"]).replace(" ", "").lower()


class ColleagueField(forms.ModelChoiceField[Person]):
    """A colleague, told apart by body."""

    def label_from_instance(self, person: Person) -> str:
        """Return the name with the bodies."""
        bodies = list(dict.fromkeys(post.body.name for post in person.current_posts))  # type: ignore[attr-defined]
        return f"{person}（{'、'.join(bodies)}）"


class DelegationForm(forms.Form):
    """Who stands in, from when to when, by which paper."""

    to = ColleagueField(
        label=_("受托人"), queryset=Person.objects.none(), help_text=_("本单位、上级或下级单位的在岗同事。")
    )
    valid_from = forms.DateField(label=_("起始日期"), widget=DAY)
    valid_until = forms.DateField(label=_("终止日期"), widget=DAY, help_text=_("当日有效，次日自动终止。"))
    paper = forms.CharField(label=_("委托依据"), max_length=120, help_text=_("委托书的名称或文号。"))


class ElevateForm(forms.Form):
    """Why, and one's password again."""

    reason = forms.CharField(
        label=_("事由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("要办什么、依据什么。写入日志，督查审计员可见。"),
    )  # fmt: skip
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CommentForm(forms.Form):
    """What was done in a timed session."""

    comment = forms.CharField(
        label=_("办理情况"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("办了什么、结果如何。"),
    )  # fmt: skip
