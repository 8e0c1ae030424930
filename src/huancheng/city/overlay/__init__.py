"""Exact overlays for large joins: footprints by zone, points in zones."""

from huancheng.city.overlay.area_by_zone import ZoneAreas, area_by_zone, geoparquet_chunks, sum_chunks
from huancheng.city.overlay.pieces import Pieces, intersection_areas, main_zone
from huancheng.city.overlay.points import NO_ZONE, points_in_zones
from huancheng.city.overlay.zones import PreparedZones, prepare_zones

__all__ = [
    "NO_ZONE",
    "Pieces",
    "PreparedZones",
    "ZoneAreas",
    "area_by_zone",
    "geoparquet_chunks",
    "intersection_areas",
    "main_zone",
    "points_in_zones",
    "prepare_zones",
    "sum_chunks",
]
