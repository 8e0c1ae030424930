"""Pages of a case: opening, reading, writing, acting."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.casework.views import acts, case, contents, opening

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/open/", opening.open_page, name="open"),
    path("cases/<int:case>/", case.case, name="case"),
    path("cases/<int:case>/contents/", contents.contents, name="contents"),
    path("cases/<int:case>/contents/<int:place>/", contents.save_part, name="save-part"),
    path("cases/<int:case>/editions/<int:number>/", contents.edition, name="edition"),
    path("cases/<int:case>/acts/<str:act>/", acts.act, name="act"),
    path("cases/<int:case>/acts/<str:act>/<str:step>/", acts.act, name="step-act"),
]
