"""Forms of giving work to another."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain import entrusting
from huancheng.platform.casework.forms.acts.base import ActForm, paper_field, words_field


class DelegateForm(ActForm):
    """Let another body act in a step."""

    act = "delegate"
    verb = _("委托办理")
    lead = _("须有书面委托；受托机构办理本环节，记录中写明委托关系。")
    to = forms.ModelChoiceField(Body.objects.none(), label=_("受托机构"))
    paper = paper_field(_("委托文书文号"))
    words = words_field(_("理由"))

    def prepare(self) -> None:
        """Offer the bodies that can act."""
        kinds = (Body.Kind.ORGAN, Body.Kind.COMMITTEE)
        self.fields["to"].queryset = Body.objects.filter(active=True, kind__in=kinds)  # type: ignore[attr-defined]

    def perform(self) -> None:
        """Delegate."""
        data = self.cleaned_data
        entrusting.delegate(
            self.case, self.step, self.acting, to=data["to"], paper=data["paper"], words=data["words"],
            expected=self.expected,
        )  # fmt: skip


class HandOverForm(ActForm):
    """Hand a step to a colleague."""

    act = "hand_over"
    verb = _("转交")
    to = forms.ModelChoiceField(Person.objects.none(), label=_("转交给"))
    words = words_field(_("说明"), required=False)

    def prepare(self) -> None:
        """Offer the colleagues who may carry the step out."""
        task = self.standing.case.tasks.get(step=self.step)
        self.fields["to"].queryset = entrusting.colleagues(self.standing, task).exclude(pk=self.acting.person or 0)  # type: ignore[attr-defined]

    def perform(self) -> None:
        """Hand it over."""
        data = self.cleaned_data
        entrusting.hand_over(
            self.case, self.step, self.acting, to=data["to"], words=data["words"], expected=self.expected
        )
