"""Forms about bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.domain.posts import Term
from huancheng.platform.bodies.forms.account import DAY
from huancheng.platform.bodies.models import Body

ADDED = (Body.Kind.ENTITY, Body.Kind.ORGAN, Body.Kind.OUTSIDE, Body.Kind.COMMITTEE)
"""Kinds that are added on pages; groups come from the pack."""


class BodyForm(forms.Form):
    """A new body."""

    name = forms.CharField(label=_("单位全称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"))
    parent = forms.ModelChoiceField(
        label=_("上级单位"), queryset=Body.objects.none(), help_text=_("实施主体归到其所在地的政府或专班之下。")
    )

    def __init__(self, *args: Any, managed: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind_words(kind)) for kind in ADDED]  # type: ignore[attr-defined]
        self.fields["parent"].queryset = Body.objects.filter(pk__in=managed, active=True)  # type: ignore[attr-defined]


def kind_words(kind: str) -> str:
    """Return the words for a kind of body."""
    return str(
        {
            "organ": _("机关"), "committee": _("委员会"), "group": _("单位集合"), "outside": _("外部单位或人群"),
            "entity": _("实施主体"),
        }.get(kind, kind)
    )  # fmt: skip


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(label=_("新名称"), max_length=120)
    until = forms.DateField(label=_("原名称截止日期"), widget=DAY, help_text=_("原名称下的案件仍能找到本单位。"))


class MoveForm(forms.Form):
    """Another place in the tree."""

    parent = forms.ModelChoiceField(label=_("上级单位"), queryset=Body.objects.none())

    def __init__(self, *args: Any, managed: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Body.objects.filter(pk__in=managed, active=True)  # type: ignore[attr-defined]


class RetireForm(forms.Form):
    """From when, and who takes over."""

    day = forms.DateField(label=_("撤销日期"), widget=DAY)
    successor = forms.ModelChoiceField(
        label=_("承接单位"), queryset=Body.objects.filter(active=True), required=False,
        help_text=_("合并或撤并时填写；以后办到原单位的事项转由承接单位办理。"),
    )  # fmt: skip


class MemberForm(forms.Form):
    """A seat with dates."""

    member = forms.ModelChoiceField(label=_("成员单位"), queryset=Body.objects.filter(active=True))
    valid_from = forms.DateField(label=_("起始日期"), required=False, widget=DAY)
    valid_until = forms.DateField(label=_("终止日期"), required=False, widget=DAY)

    def term(self) -> Term:
        """Return the days as the domain takes them."""
        return Term(self.cleaned_data["valid_from"], self.cleaned_data["valid_until"])


class LastDayForm(forms.Form):
    """The last day of something; today where left empty."""

    last = forms.DateField(required=False)
