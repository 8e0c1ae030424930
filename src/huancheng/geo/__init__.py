"""Coordinates in metres: metric systems, true areas and lengths, the shifted datums of Chinese web maps."""

from huancheng.geo.crs import gauss_kruger_crs, in_china, metric_crs_for, utm_crs
from huancheng.geo.measure import ellipsoidal_area, ellipsoidal_length
from huancheng.geo.offset import (
    Datum,
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

__all__ = [
    "Datum",
    "bd09_to_gcj02",
    "bd09_to_wgs84",
    "ellipsoidal_area",
    "ellipsoidal_length",
    "gauss_kruger_crs",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "in_china",
    "metric_crs_for",
    "to_wgs84",
    "utm_crs",
    "wgs84_to_bd09",
    "wgs84_to_gcj02",
]
