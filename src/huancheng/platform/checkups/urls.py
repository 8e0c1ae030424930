"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.checkups.views import runs, workbooks

app_name = "checkups"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", runs.runs, name="runs"),
    path("<int:run>/", runs.run, name="run"),
    path("<int:run>/indicators.xlsx", workbooks.indicators, name="indicators-xlsx"),
    path("<int:run>/indicators/<str:indicator>/", runs.indicator, name="indicator"),
    path("<int:run>/indicators/<str:indicator>/features/", runs.features, name="features"),
    path("<int:run>/indicators/<str:indicator>/breakdown.xlsx", workbooks.breakdown, name="breakdown-xlsx"),
    path("<int:run>/problems/", runs.problems, name="problems"),
    path("<int:run>/problems.xlsx", workbooks.problems, name="problems-xlsx"),
    path("<int:run>/actions/", runs.actions, name="actions"),
    path("<int:run>/actions.xlsx", workbooks.actions, name="actions-xlsx"),
]
