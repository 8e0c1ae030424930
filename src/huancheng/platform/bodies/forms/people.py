"""Forms about other people and their posts; the lists offer only what the one who fills them in may give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.domain.people import PersonData
from huancheng.platform.bodies.domain.posts import Term
from huancheng.platform.bodies.forms.account import DAY
from huancheng.platform.bodies.models import Body
from huancheng.platform.bodies.queries.roles import post_rules, role_title
from huancheng.platform.bodies.rules import keeps_whole_tree, managed_bodies


class PersonForm(forms.Form):
    """A person's data."""

    username = forms.CharField(
        label=_("用户名"), max_length=40,
        help_text=_("3 至 40 个小写字母、数字、点、横线或下划线；录入后不能更改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)

    def clean_username(self) -> str:
        """User names are lower-case."""
        return str(self.cleaned_data["username"]).lower()

    def data_told(self, username: str = "") -> PersonData:
        """Return the data as the domain takes them."""
        told = self.cleaned_data
        return PersonData(told.get("username", username), told["name"], told["email"], told["phone"])


class PostForm(forms.Form):
    """A post: where, as what, from when to when."""

    body = forms.ModelChoiceField(label=_("单位"), queryset=Body.objects.none())
    role = forms.ChoiceField(label=_("岗位"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False, help_text=_("如：规划科科长。"))
    valid_from = forms.DateField(label=_("起始日期"), required=False, widget=DAY, help_text=_("不填为即日起。"))
    valid_until = forms.DateField(label=_("终止日期"), required=False, widget=DAY, help_text=_("不填为长期。"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(pk__in=managed_bodies(acting), active=True).exclude(kind=Body.Kind.GROUP)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        far = keeps_whole_tree(acting)
        roles = [role for role in post_rules().roles if far or not (role.sees == "all" or role.elevates)]
        self.fields["role"].choices = [("", "—"), *((role.id, role_title(role.id)) for role in roles)]  # type: ignore[attr-defined]

    def term(self) -> Term:
        """Return the days as the domain takes them."""
        return Term(self.cleaned_data["valid_from"], self.cleaned_data["valid_until"])


class NewPersonForm(PersonForm, PostForm):
    """A person with their first post."""


class ImportForm(forms.Form):
    """A workbook of people."""

    file = forms.FileField(
        label=_("人员表"), help_text=_("按模板填写的 xlsx，不超过 2 MB、2000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


class EraseForm(forms.Form):
    """The user name once more, so that nobody is erased by a slip."""

    username = forms.CharField(label=_("输入该人员的用户名以确认"), max_length=60)
