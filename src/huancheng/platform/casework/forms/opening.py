"""Form of opening a case: what, where, about what, and the facts that select the route."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts.base import day_field
from huancheng.platform.casework.forms.facts import fact_field
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.queries.named_bodies import nameable, references_to_name
from huancheng.platform.casework.subjects import kind_of
from huancheng.platform.common import clock
from huancheng.policy.book import PolicyBook
from huancheng.policy.routes.model import Instrument

NAMED = "body-"
"""How the names of the fields begin that name bodies."""

TYPED_BY_HAND = frozenset({"unit", "project", "building", "household"})
"""Scopes whose subjects are things with a name and a number; the others are the place itself."""


class OpeningForm(forms.Form):
    """What a case is opened for.

    Parameters
    ----------
    book
        The law under which it would begin.
    acting
        Who opens it; a body of a jurisdiction opens cases there only.
    missing
        Facts to ask for, because the route depends on them.
    standing
        The case as it would stand, once that is known: it tells which bodies are still to be named.
    """

    instrument = forms.ChoiceField(label=_("事项"))
    jurisdiction = forms.ChoiceField(label=_("辖区"))
    subject = forms.ChoiceField(label=_("对象"), required=False, help_text=_("已登记的对象；没有的在下面填写"))
    subject_title = forms.CharField(label=_("新对象名称"), max_length=200, required=False)
    subject_key = forms.CharField(label=_("新对象编号"), max_length=80, required=False)
    title = forms.CharField(label=_("案卷标题"), max_length=240, required=False, help_text=_("不填则由对象和事项合成"))
    day = day_field(_("发起日期"), required=False)

    def __init__(
        self,
        book: PolicyBook,
        acting: Acting,
        missing: Sequence[str],
        data: Any = None,
        standing: CaseStanding | None = None,
    ) -> None:
        super().__init__(data)
        self.book, self.acting = book, acting
        self.fields["instrument"].choices = [("", "–"), *((item.id, item.title) for item in self._in_force())]  # type: ignore[attr-defined]
        places = self._places()
        self.fields["jurisdiction"].choices = places if len(places) == 1 else [("", "–"), *places]  # type: ignore[attr-defined]
        self.fields["day"].initial = clock.today()
        for name in missing:
            self.fields[f"fact-{name}"] = fact_field(book.facts[name])
        self._fit_subject()
        if standing is not None:
            self._ask_for_bodies(standing)

    def _in_force(self) -> list[Instrument]:
        day = clock.today()
        return [item for item in self.book.instruments if item.in_force(day)]

    def _places(self) -> list[tuple[str, str]]:
        own = Body.objects.filter(pk=self.acting.body or 0).values_list("jurisdiction", flat=True).first()
        return [(item.id, item.title) for item in self.book.jurisdictions if own in ("", None, item.id)]

    @property
    def scope(self) -> str:
        """Scope of the chosen instrument; empty while none is chosen."""
        chosen = str(self.data.get("instrument", ""))
        return self.book.instruments[chosen].scope if chosen in self.book.instruments else ""

    def _fit_subject(self) -> None:
        """Ask for a subject only where it is not the place itself."""
        if self.scope not in TYPED_BY_HAND:
            for name in ("subject", "subject_title", "subject_key"):
                del self.fields[name]
            return
        place = str(self.data.get("jurisdiction", ""))
        rows = Subject.objects.filter(kind=self.scope, jurisdiction=place).order_by("title")
        known = [(str(row.pk), row.title) for row in rows]
        brought = [(f"key:{item.key}", item.title) for item in kind_of(self.scope).choices(place)]
        self.fields["subject"].choices = [("", _("新对象")), *known, *brought]  # type: ignore[attr-defined]

    def _ask_for_bodies(self, standing: CaseStanding) -> None:
        """Ask who a body of the route is, where that is told case by case; it may be left open."""
        asked = references_to_name(standing)
        offered = [(str(body.pk), body.name) for body in nameable(standing)] if asked else []
        for reference, title in asked.items():
            self.fields[f"{NAMED}{reference}"] = forms.ChoiceField(
                label=title, choices=[("", _("尚未确定")), *offered], required=False,
                help_text=_("本案由哪个单位承担；列表中没有的，先在“机构与人员”中新增"),
            )  # fmt: skip

    def bodies_asked(self) -> list[forms.BoundField]:
        """Return the fields that name bodies."""
        return [field for field in self if field.name.startswith(NAMED)]

    def others(self) -> list[forms.BoundField]:
        """Return all other fields."""
        return [field for field in self if not field.name.startswith(NAMED)]

    def clean(self) -> dict[str, Any]:
        """Ask for a name and a number where no subject is chosen."""
        data: dict[str, Any] = super().clean() or {}
        if "subject" in self.fields and not data.get("subject"):
            for name in ("subject_title", "subject_key"):
                if not data.get(name):
                    self.add_error(name, gettext("没有选择对象时须填写"))
        return data

    def subject_of(self) -> Subject:
        """Return the subject chosen, or a new one that is not saved yet."""
        data = self.cleaned_data
        place = self.book.jurisdictions[data["jurisdiction"]]
        if self.scope == "city":
            return self._found("city", "city", gettext("全市"), place.id)
        if self.scope not in TYPED_BY_HAND:
            return self._found(self.scope, place.id, place.title, place.id)
        chosen = data.get("subject", "")
        if chosen.startswith("key:"):
            key = chosen.removeprefix("key:")
            title = next(item.title for item in kind_of(self.scope).choices(place.id) if item.key == key)
            return self._found(self.scope, key, title, place.id)
        if chosen:
            return Subject.objects.get(pk=chosen)
        return self._found(self.scope, data["subject_key"], data["subject_title"], place.id)

    @staticmethod
    def _found(kind: str, key: str, title: str, place: str) -> Subject:
        known = Subject.objects.filter(kind=kind, key=key).first()
        return known or Subject(kind=kind, key=key, title=title, jurisdiction=place)

    def bodies(self) -> dict[str, int]:
        """Return the bodies that were named, by what the route calls them."""
        return {
            name.removeprefix(NAMED): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(NAMED) and value
        }

    def facts(self) -> dict[str, Any]:
        """Return the facts that were asked for."""
        return {
            name.removeprefix("fact-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("fact-") and value not in (None, "")
        }
