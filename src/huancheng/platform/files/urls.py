"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.files.views.downloading import download, preview
from huancheng.platform.files.views.uploading import begin_upload, finish_upload, one_upload

app_name = "files"
urlpatterns: list[URLPattern | URLResolver] = [
    path("uploads/", begin_upload, name="uploads"),
    path("uploads/<uuid:upload>/", one_upload, name="upload"),
    path("uploads/<uuid:upload>/finish/", finish_upload, name="finish-upload"),
    path("<slug:owner>/<int:number>/", download, name="download"),
    path("<slug:owner>/<int:number>/preview/", preview, name="preview"),
]
