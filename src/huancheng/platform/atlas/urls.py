"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.atlas.views import data, page, sheet, snapshots, tiles

app_name = "atlas"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", page.show_map, name="map"),
    path("tiles/<str:digest>.pmtiles", tiles.tiles, name="tiles"),
    path("labels/<str:digest>.geojson", tiles.labels, name="labels"),
    path("cases.geojson", data.cases, name="cases"),
    path("cases/<int:case>/", data.case, name="case"),
    path("checkups/<int:run>/problems.geojson", data.problems, name="problems"),
    path("checkups/<int:run>/areas.json", data.choropleth, name="choropleth"),
    path("<int:snapshot>/features/<str:layer>/<path:feature>/", data.feature, name="feature"),
    path("<int:snapshot>/layers/<str:layer>.geojson", data.layer, name="layer"),
    path("<int:snapshot>/search/", data.search, name="search"),
    path("<int:snapshot>/print/", sheet.print_map, name="print"),
    path("snapshots/", snapshots.snapshots, name="snapshots"),
    path("snapshots/load/", snapshots.load, name="load"),
    path("snapshots/<int:snapshot>/", snapshots.progress, name="progress"),
    path("snapshots/<int:snapshot>/show/", snapshots.show, name="show"),
    path("snapshots/<int:snapshot>/retire/", snapshots.retire_snapshot, name="retire"),
    path("snapshots/<int:snapshot>/again/", snapshots.make_again, name="make-again"),
    path("snapshots/<int:snapshot>/approval/", snapshots.approval, name="approval"),
]
