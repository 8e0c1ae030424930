"""Narrowing a list: what stands in the address."""

from __future__ import annotations

from django import forms

from huancheng.platform.casework.queries.case_list import ORDERS, CaseFilter
from huancheng.platform.casework.queries.lights import Light
from huancheng.platform.casework.queries.worklist import Narrowing, Tab
from huancheng.policy.routes.state import CaseStatus


class NarrowingForm(forms.Form):
    """The filters above a list. What makes no sense is left out rather than complained about: addresses are shared."""

    tab = forms.ChoiceField(choices=[(tab.value, tab.value) for tab in Tab], required=False)
    instrument = forms.CharField(max_length=60, required=False)
    jurisdiction = forms.CharField(max_length=60, required=False)
    body = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    light = forms.ChoiceField(choices=[(light.value, light.value) for light in Light], required=False)
    whole_body = forms.BooleanField(required=False)

    def told(self) -> tuple[Tab, Narrowing]:
        """Return the list and what it is narrowed to."""
        self.is_valid()
        given = self.cleaned_data
        light = given.get("light")
        return Tab(given.get("tab") or Tab.TODO), Narrowing(
            given.get("instrument", ""),
            given.get("jurisdiction", ""),
            given.get("body"),
            Light(light) if light else None,
            bool(given.get("whole_body")),
        )


class CaseFilterForm(forms.Form):
    """The filters above the list of cases."""

    instrument = forms.CharField(max_length=60, required=False)
    jurisdiction = forms.CharField(max_length=60, required=False)
    status = forms.ChoiceField(choices=[(status.value, status.value) for status in CaseStatus], required=False)
    light = forms.ChoiceField(choices=[(light.value, light.value) for light in Light], required=False)
    body = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    subject = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    year = forms.IntegerField(min_value=1, max_value=9999, required=False)
    order = forms.ChoiceField(choices=[(order, order) for order in ORDERS], required=False)

    def told(self) -> CaseFilter:
        """Return what the list is narrowed to."""
        self.is_valid()
        given = self.cleaned_data
        light = given.get("light")
        return CaseFilter(
            given.get("instrument", ""),
            given.get("jurisdiction", ""),
            given.get("status", ""),
            Light(light) if light else None,
            given.get("body"),
            given.get("subject"),
            given.get("year"),
            given.get("order") or "updated",
        )
