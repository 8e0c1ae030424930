"""Pages of a case's papers, printed papers and case file."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.casework.views import documents, papers

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<int:case>/papers/add/", papers.add, name="paper-add"),
    path("papers/<int:number>/", papers.paper, name="paper"),
    path("papers/<int:number>/replace/", papers.replace, name="paper-replace"),
    path("papers/<int:number>/describe/", papers.describe, name="paper-describe"),
    path("papers/<int:number>/public-copy/", papers.public_copy, name="paper-public-copy"),
    path("papers/<int:number>/settle/", papers.settle, name="paper-settle"),
    path("papers/<int:number>/publish/", papers.publish, name="paper-publish"),
    path("papers/<int:number>/unpublish/", papers.unpublish, name="paper-unpublish"),
    path("papers/<int:number>/difference/", papers.difference, name="paper-difference"),
    path("cases/<int:case>/documents/<slug:kind>/", documents.document, name="document"),
    path("cases/<int:case>/archive/", documents.archive, name="archive"),
    path("cases/<int:case>/archive/<uuid:job>/", documents.archive_file, name="archive-file"),
]
