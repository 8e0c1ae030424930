"""Where each app's pages begin."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from huancheng.platform.api.application import api

urlpatterns = [
    path("", include("huancheng.platform.common.urls")),
    path("", include("huancheng.platform.bodies.urls")),
    path("audit/", include("huancheng.platform.audit.urls")),
    path("files/", include("huancheng.platform.files.urls")),
    path("", include("huancheng.platform.casework.urls")),
    path("checkups/", include("huancheng.platform.checkups.urls")),
    path("plans/", include("huancheng.platform.planning.urls")),
    path("map/", include("huancheng.platform.atlas.urls")),
    path("api/", include("huancheng.platform.api.urls")),
    path("api/", api.urls),
    path("operations/", include("huancheng.platform.operations.urls")),
]
handler400 = "huancheng.platform.common.errors.bad_request"
handler403 = "huancheng.platform.common.errors.forbidden"
handler404 = "huancheng.platform.common.errors.not_found"
handler500 = "huancheng.platform.common.errors.failed"

if settings.OIDC:
    urlpatterns += [path("oidc/", include("mozilla_django_oidc.urls"))]
if settings.DEMO:
    urlpatterns += [path("demo/", include("huancheng.platform.demo.urls"))]
