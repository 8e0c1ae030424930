"""Forms of telling a case something: facts, preconditions, recognition."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain import informing, recognising
from huancheng.platform.casework.domain.asking import facts_asked, recognitions
from huancheng.platform.casework.forms.acts.base import ActForm, day_field, paper_field, words_field
from huancheng.platform.casework.forms.facts import fact_field
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.related import candidates
from huancheng.platform.casework.queries.visible import visible_cases


class FactsForm(ActForm):
    """State the facts on which the route depends."""

    act = "state_facts"
    verb = _("补充事实")
    lead = _("这些事实决定哪些环节和前置条件适用；改动前的答复留在记录中。")

    def prepare(self) -> None:
        """Ask for each fact by its kind."""
        known = self.standing.state.facts
        for fact in facts_asked(self.standing):
            value = known.get(fact.id)
            self.fields[fact.id] = fact_field(fact, required=False)
            self.fields[fact.id].initial = str(value).lower() if isinstance(value, bool) else value
        self.fields["words"] = words_field(_("依据或说明"), required=False)

    def perform(self) -> None:
        """State what was filled in."""
        names = [fact.id for fact in facts_asked(self.standing)]
        stated = {name: self.cleaned_data[name] for name in names if self.cleaned_data[name] not in (None, "", [])}
        informing.state_facts(self.case, stated, self.acting, words=self.cleaned_data["words"], expected=self.expected)


class PreconditionForm(ActForm):
    """Confirm that a precondition is met: by a case here, or by a paper."""

    act = "meet_precondition"
    verb = _("确认前置条件")
    lead = _("本系统内已办到的案卷自动列出；没有的，填写证明文件的文号。")
    precondition = forms.ChoiceField(label=_("前置条件"), widget=forms.RadioSelect())
    by = forms.ModelChoiceField(
        Case.objects.none(), label=_("由案卷证明"), required=False, empty_label=_("不用案卷，填写文号")
    )
    paper = paper_field(required=False)
    day = day_field(_("文件日期"))
    back_entered = forms.BooleanField(label=_("补录：系统启用前已经具备"), required=False)
    words = words_field(_("说明"), required=False, rows=2)

    def prepare(self) -> None:
        """Offer the preconditions that are not met, and the cases that show one of them."""
        self.fields["paper"].required = False
        missing = self.standing.interpreter.missing_preconditions(self.standing.state)
        wanted = [item for item in self.standing.plan.preconditions if item.id in missing]
        self.fields["precondition"].choices = [(item.id, item.text) for item in wanted]  # type: ignore[attr-defined]
        if len(wanted) == 1:
            self.fields["precondition"].initial = wanted[0].id
        found = candidates(self.standing, wanted, visible_cases(self.acting))
        ids = [case.pk for cases in found.values() for case in cases]
        self.fields["by"].queryset = Case.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        if len(ids) == 1:
            self.fields["by"].initial = ids[0]

    def perform(self) -> None:
        """Confirm it."""
        data = self.cleaned_data
        informing.meet_precondition(
            self.case, data["precondition"], self.acting, paper=data["paper"], by=data["by"], day=data["day"],
            back_entered=data["back_entered"], words=data["words"], expected=self.expected,
        )  # fmt: skip


class RecognitionForm(ActForm):
    """Record an act of recognition."""

    act = "recognise"
    verb = _("登记认定")
    lead = _("认定后路线可能改变：已办的环节哪些保留、哪些作废，由政策包写明，办理后在案卷上说明。")
    fact = forms.ChoiceField(label=_("认定事项"), widget=forms.RadioSelect())
    paper = paper_field(_("认定文件文号"))
    day = day_field(_("认定日期"))
    words = words_field(_("认定理由"))

    def prepare(self) -> None:
        """Offer the acts that bear on the route."""
        self.fields["fact"].choices = [(fact.id, fact.title) for fact in recognitions(self.standing)]  # type: ignore[attr-defined]

    def perform(self) -> None:
        """Record it."""
        data = self.cleaned_data
        recognising.recognise(
            self.case, data["fact"], self.acting, paper=data["paper"], words=data["words"], day=data["day"],
            expected=self.expected,
        )  # fmt: skip
