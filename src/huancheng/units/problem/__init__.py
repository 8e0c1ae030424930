"""From blocks and a rule profile to the region problem a solver takes, with every impossibility named beforehand."""

from huancheng.units.problem.causes import NamedCause, Undrawable
from huancheng.units.problem.checks import check_ground
from huancheng.units.problem.ground import Aside, Ground, Link, Pairs
from huancheng.units.problem.laying import GroundTables, lay_ground
from huancheng.units.problem.region import RegionTask, region_task

__all__ = [
    "Aside",
    "Ground",
    "GroundTables",
    "Link",
    "NamedCause",
    "Pairs",
    "RegionTask",
    "Undrawable",
    "check_ground",
    "lay_ground",
    "region_task",
]
