"""Streets as a graph: who reaches what within how many metres.

Lengths are whole decimetres throughout, so a threshold decision never depends on float noise, threads or row order.
"""

from huancheng.access.attachment import Attachment
from huancheng.access.barriers import Cut
from huancheng.access.catchments import catchment_polygons, catchment_streets
from huancheng.access.components import Component, Components
from huancheng.access.floating_catchments import (
    enhanced_two_step_floating_catchment,
    pairs_of_matrix,
    supply_shares,
    two_step_floating_catchment,
)
from huancheng.access.graph import StreetGraph
from huancheng.access.lengths import UNREACHED, to_decimetres
from huancheng.access.searches import Pairs, count_within, nearest_of_classes, origin_destination_within
from huancheng.access.shares import covered_area, served_share, served_share_by_group, within
from huancheng.access.street_report import StreetReport

__all__ = [
    "UNREACHED",
    "Attachment",
    "Component",
    "Components",
    "Cut",
    "Pairs",
    "StreetGraph",
    "StreetReport",
    "catchment_polygons",
    "catchment_streets",
    "count_within",
    "covered_area",
    "enhanced_two_step_floating_catchment",
    "nearest_of_classes",
    "origin_destination_within",
    "pairs_of_matrix",
    "served_share",
    "served_share_by_group",
    "supply_shares",
    "to_decimetres",
    "two_step_floating_catchment",
    "within",
]
