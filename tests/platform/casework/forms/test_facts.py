"""A fact is asked for by its kind, so that nothing else can be stated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms

from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.forms.facts import fact_field


def field(name, **options):
    return fact_field(current_book().facts[name], **options)


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("majority_objects", "true", True),
        ("majority_objects", "false", False),
        ("relocated_households", "12", 12),
        ("total_investment_wan", "1200.5", Decimal("1200.5")),
        ("supply_mode", "划拨", "划拨"),
        ("in_zone", ["建设控制地带"], ["建设控制地带"]),
        ("jurisdiction_name", "临河县", "临河县"),
    ],
)
def test_what_fits_is_taken(name, given, value):
    assert field(name).clean(given) == value


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("relocated_households", "-1"),
        ("relocated_households", "1.5"),
        ("total_investment_wan", "many"),
        ("supply_mode", "赠送"),
        ("in_zone", ["月球"]),
        ("supply_mode", ""),
    ],
)
def test_what_does_not_fit_is_refused(name, given):
    with pytest.raises(forms.ValidationError):
        field(name).clean(given)


def test_what_need_not_be_stated_stays_open():
    assert field("majority_objects", required=False).clean("") is None
