"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from huancheng.platform.casework import case_urls, paper_urls, worklist_urls
from huancheng.platform.casework.procedures.urls import urlpatterns as procedure_urls

app_name = "casework"
urlpatterns: list[URLPattern | URLResolver] = [
    *case_urls.urlpatterns,
    *paper_urls.urlpatterns,
    *worklist_urls.urlpatterns,
    *procedure_urls,
]
