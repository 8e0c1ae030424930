"""Narrowing the lists of a check-up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import State
from huancheng.platform.checkups.models import CheckupRunRecord, ScopeKind
from huancheng.platform.checkups.queries.figures import FigureFilter, grades_of, groups_of
from huancheng.platform.checkups.queries.lists import ProblemFilter

STATES = (
    ("", _("全部状态")),
    (State.KNOWN.value, _("有数值")),
    (State.MISSING.value, _("缺数据")),
    (State.NOT_APPLICABLE.value, _("不适用")),
)


class FigureForm(forms.Form):
    """Which indicators to list."""

    group = forms.ChoiceField(label=_("维度"), required=False)
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    grade = forms.ChoiceField(label=_("评价"), required=False)
    words = forms.CharField(
        label=_("名称"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("名称或编号")}),
    )

    def __init__(self, run: CheckupRunRecord, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["group"].choices = [("", _("全部维度")), *((name, name) for name in groups_of(run))]  # type: ignore[attr-defined]
        self.fields["grade"].choices = [("", _("全部评价")), *((name, name) for name in grades_of(run))]  # type: ignore[attr-defined]

    def told(self) -> FigureFilter:
        """Return what was asked for; fields that make no sense narrow nothing."""
        self.is_valid()
        return FigureFilter(**{name: self.cleaned_data.get(name, "") for name in ("group", "state", "grade", "words")})


class ProblemForm(forms.Form):
    """Which problems to list."""

    group = forms.ChoiceField(label=_("维度"), required=False)
    scope_kind = forms.ChoiceField(
        label=_("范围"), choices=[("", _("全市和各街道")), *ScopeKind.choices], required=False
    )
    words = forms.CharField(
        label=_("问题或地点"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("问题或地点")}),
    )

    def __init__(self, run: CheckupRunRecord, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["group"].choices = [("", _("全部维度")), *((name, name) for name in groups_of(run))]  # type: ignore[attr-defined]

    def told(self) -> ProblemFilter:
        """Return what was asked for; fields that make no sense narrow nothing."""
        self.is_valid()
        return ProblemFilter(**{name: self.cleaned_data.get(name, "") for name in ("group", "scope_kind", "words")})
