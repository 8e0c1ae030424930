"""What the forms of all acts share."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.answer_input import AnswerInput
from huancheng.platform.casework.forms.scans import brought_by
from huancheng.platform.casework.queries.said import said
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.plan import PlannedStep

LONGEST = 5000
"""Characters in an opinion or reason."""


class DayInput(forms.DateInput):
    """A day, picked or typed as 2026-11-22."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day not after today."""
    return forms.DateField(label=label, widget=DayInput(), **options)


def words_field(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    """Return a field for an opinion or reason."""
    options.setdefault("widget", AnswerInput({"rows": rows}))
    return forms.CharField(label=label, max_length=LONGEST, **options)


def paper_field(label: Any = None, **options: Any) -> forms.CharField:
    """Return a field for the number of a paper."""
    return forms.CharField(label=label or _("文号"), max_length=120, **options)


class ActForm(forms.Form):
    """The form of one act; carries the version of the case the person saw.

    Parameters
    ----------
    standing
        Where the case stands.
    acting
        Who fills it in.
    step
        Step it concerns; empty for the case.
    """

    act: str = ""
    verb: Any = ""
    """Words on the button."""
    lead: Any = ""
    """What the act does, in a sentence."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, standing: CaseStanding, acting: Acting, step: str, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.standing, self.acting, self.step = standing, acting, step
        self.fields["version"].initial = standing.case.version
        rule = standing.posts.act(self.act)
        for name, wanted in (("paper", rule.paper), ("words", rule.reason)):
            if name in self.fields and wanted:
                self.fields[name].required = True
        brought_by(self, acting)
        if "day" in self.fields:
            self.fields["day"].initial = clock.today()
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the case."""

    @property
    def planned(self) -> PlannedStep:
        """The step the act concerns."""
        return self.standing.plan.step(self.step)

    @property
    def case(self) -> int:
        """Id of the case."""
        return self.standing.case.pk

    @property
    def expected(self) -> int | None:
        """Version the person saw."""
        version: int | None = self.cleaned_data.get("version")
        return version

    @abstractmethod
    def perform(self) -> None:
        """Do the act with what was filled in."""

    def tell(self, fault: InputFault) -> None:
        """Put a fault of the domain to the field it is about."""
        self.add_error(fault.field if fault.field in self.fields else None, said(fault))


class VoteFields(forms.Form):
    """Yes or no, or the votes where the route sets a vote."""

    passed = forms.TypedChoiceField(
        label=_("结果"),
        choices=(("1", _("通过")), ("0", _("不通过"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect(),
    )
    seats = forms.IntegerField(label=_("应到人数"), min_value=1, max_value=9999, help_text=_("含回避人员"))
    recused = forms.IntegerField(label=_("回避人数"), min_value=0, max_value=9999, initial=0)
    present = forms.IntegerField(label=_("实到人数"), min_value=0, max_value=9999, help_text=_("不含回避人员"))
    yes = forms.IntegerField(label=_("同意票数"), min_value=0, max_value=9999)

    def keep_fitting(self, *, voted: bool, judged: bool) -> None:
        """Leave the fields that the step needs."""
        for name in ("seats", "recused", "present", "yes"):
            if not voted:
                del self.fields[name]
        if voted or not judged:
            del self.fields["passed"]

    def vote(self) -> Vote | None:
        """Return the votes; None where the step is not voted on."""
        if "yes" not in self.fields:
            return None
        data = self.cleaned_data
        return Vote(data["yes"], data["present"], data["seats"], data["recused"])

    def passes(self) -> bool | None:
        """Return yes or no; None where votes tell it, or nothing is decided."""
        answer: bool | None = self.cleaned_data.get("passed")
        return answer
