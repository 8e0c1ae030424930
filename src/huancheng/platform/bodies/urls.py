"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.bodies.views import acting, signing_in

app_name = "bodies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", signing_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", signing_in.SignOut.as_view(), name="sign-out"),
    path("acting/", acting.act_as, name="act-as"),
]
