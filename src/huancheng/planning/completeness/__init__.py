"""Facility completeness: who lives beyond a walk from what, what closing it takes, and who may share (五(二), 六)."""

from huancheng.planning.completeness.gaps import FacilityDemand, Gap, find_gaps, price, shares_beyond
from huancheng.planning.completeness.measuring import Completeness, checked_areas, measure_completeness
from huancheng.planning.completeness.norms import FacilityNorm, Mark, completeness_rules, facility_norms
from huancheng.planning.completeness.parks import ParkLivingPair, ParksAndLiving, pair_parks
from huancheng.planning.completeness.reach import CityReach, FacilityReach, measure_reach
from huancheng.planning.completeness.scorecard import ItemScore, Scorecard, Verdict, score_communities
from huancheng.planning.completeness.sharing import Beneficiary, SharedFacility, share_cost, shared_facilities

__all__ = [
    "Beneficiary",
    "CityReach",
    "Completeness",
    "FacilityDemand",
    "FacilityNorm",
    "FacilityReach",
    "Gap",
    "ItemScore",
    "Mark",
    "ParkLivingPair",
    "ParksAndLiving",
    "Scorecard",
    "SharedFacility",
    "Verdict",
    "checked_areas",
    "completeness_rules",
    "facility_norms",
    "find_gaps",
    "measure_completeness",
    "measure_reach",
    "pair_parks",
    "price",
    "score_communities",
    "share_cost",
    "shared_facilities",
    "shares_beyond",
]
