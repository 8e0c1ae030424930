"""Pages of special plans, their units, and the city's sheet."""

from __future__ import annotations

from django.urls import URLPattern, path

from huancheng.platform.planning.views import city, plan_page, plan_writing, special_plans, units, versions

urlpatterns: list[URLPattern] = [
    path("", special_plans.special_plans, name="special-plans"),
    path("city/", city.city, name="city"),
    path("city/xlsx/", city.city_xlsx, name="city-xlsx"),
    path("units/", units.units, name="units"),
    path("units/data/", units.units_data, name="units-data"),
    path("units/<int:unit>/", units.unit, name="unit"),
    path("special/begin/", special_plans.begin, name="special-plan-begin"),
    path("special/<int:plan>/", plan_page.special_plan, name="special-plan"),
    path("special/<int:plan>/alternatives/", plan_page.alternatives, name="special-plan-alternatives"),
    path("special/<int:plan>/units/", plan_page.units, name="special-plan-units"),
    path("special/<int:plan>/versions/", versions.versions, name="special-plan-versions"),
    path("special/<int:plan>/versions/<int:other>/", versions.comparison, name="special-plan-comparison"),
    path("special/<int:plan>/open/", versions.open_case, name="special-plan-open"),
    path("special/<int:plan>/renew/", versions.begin_version, name="special-plan-renew"),
    path("special/<int:plan>/documents/", versions.make_documents, name="special-plan-documents"),
    path("special/<int:plan>/texts/", plan_writing.edit_texts, name="special-plan-texts"),
    path("special/<int:plan>/basis/", plan_writing.basis, name="special-plan-basis"),
    path("special/<int:plan>/findings/", plan_writing.findings, name="special-plan-findings"),
    path("special/<int:plan>/goals/", plan_writing.goals, name="special-plan-goals"),
    path("special/<int:plan>/areas/add/", plan_writing.add_area, name="special-plan-area-add"),
    path("special/<int:plan>/areas/<int:area>/", plan_writing.edit_area, name="special-plan-area"),
    path("special/<int:plan>/areas/<int:area>/remove/", plan_writing.remove_area, name="special-plan-area-remove"),
]
