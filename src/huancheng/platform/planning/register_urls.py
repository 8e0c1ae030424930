"""Pages of the register of plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from huancheng.platform.planning.views import opinions, register

urlpatterns: list[URLPattern] = [
    path("register/", register.register, name="register"),
    path("register/add/", register.add, name="register-add"),
    path("register/import/", register.import_page, name="register-import"),
    path("register/template/", register.template, name="register-template"),
    path("register/<int:record>/", register.record, name="register-record"),
    path("register/<int:record>/edit/", register.edit, name="register-edit"),
    path("opinions/<slug:kind>/<int:key>/", opinions.add_opinion, name="opinion-add"),
]
