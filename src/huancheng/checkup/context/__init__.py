"""The city as the operators see it: scope, zones, land, residents, all joined once and kept."""

from huancheng.checkup.context.city import CityContext
from huancheng.checkup.context.scope import Scope
from huancheng.checkup.context.zones import ZONE_KINDS, Atoms

__all__ = ["ZONE_KINDS", "Atoms", "CityContext", "Scope"]
