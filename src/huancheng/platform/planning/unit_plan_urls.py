"""Pages of unit plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from huancheng.platform.planning.views import unit_plan_page, unit_plan_writing

urlpatterns: list[URLPattern] = [
    path("units/<int:unit>/plans/begin/", unit_plan_writing.begin, name="unit-plan-begin"),
    path("unit-plans/<int:plan>/", unit_plan_page.indicators, name="unit-plan"),
    path("unit-plans/<int:plan>/land/", unit_plan_page.land, name="unit-plan-land"),
    path("unit-plans/<int:plan>/facilities/", unit_plan_page.facilities, name="unit-plan-facilities"),
    path("unit-plans/<int:plan>/money/", unit_plan_page.money, name="unit-plan-money"),
    path("unit-plans/<int:plan>/sequence/", unit_plan_page.sequence, name="unit-plan-sequence"),
    path("unit-plans/<int:plan>/agreement/", unit_plan_page.agreement, name="unit-plan-agreement"),
    path("unit-plans/<int:plan>/versions/", unit_plan_page.versions, name="unit-plan-versions"),
    path("unit-plans/<int:plan>/workbook/", unit_plan_writing.workbook, name="unit-plan-workbook"),
    path("unit-plans/<int:plan>/fill/", unit_plan_writing.fill, name="unit-plan-fill"),
    path("unit-plans/<int:plan>/compute/", unit_plan_writing.compute, name="unit-plan-compute"),
    path("unit-plans/<int:plan>/documents/", unit_plan_writing.documents, name="unit-plan-documents"),
    path("unit-plans/<int:plan>/open/", unit_plan_writing.open_case, name="unit-plan-open"),
    path("unit-plans/<int:plan>/change/", unit_plan_writing.open_change, name="unit-plan-change"),
]
