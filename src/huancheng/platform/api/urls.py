"""Pages and operations of the API."""

from __future__ import annotations

from django.urls import path

from huancheng.platform.api.views import keys, reference

app_name = "api-pages"
urlpatterns = [
    path("reference/", reference.reference, name="reference"),
    path("keys/", keys.keys, name="keys"),
    path("keys/give/", keys.give, name="give"),
    path("keys/<int:token>/revoke/", keys.revoke, name="revoke"),
    path("webhooks/add/", keys.subscribe, name="subscribe"),
    path("webhooks/<int:webhook>/remove/", keys.unsubscribe, name="unsubscribe"),
]
