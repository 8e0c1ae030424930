"""Settings of the derivation of blocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huancheng.city.derive.options import DeriveOptions
from huancheng.evidence import Certainty

StreetClass = Literal[
    "expressway", "arterial", "secondary", "branch", "residential", "service", "pedestrian", "cycleway", "track"
]
Separator = Literal["railways", "waterways"] | StreetClass


class BlockOptions(DeriveOptions):
    """Which lines cut blocks, and which faces are too small or too thin to be one.

    The values are ours (`proposed`): no document fixes them. The sliver widths follow the dual carriageways of real
    street data, whose median strips are 2 to 10 m wide.
    """

    street_classes: Annotated[tuple[StreetClass, ...], Certainty.PROPOSED] = (
        "expressway", "arterial", "secondary", "branch", "residential",
    )  # fmt: skip
    """Streets that cut. Service ways, paths and tracks run inside blocks; tunnels never cut, bridges do."""

    railway_kinds: Annotated[tuple[str, ...], Certainty.PROPOSED] = ("rail", "light_rail")
    """Railways that cut on the surface; trams share the street, and metro lines are mostly drawn without their tunnel.
    A railway of unknown kind cuts."""

    waterway_kinds: Annotated[tuple[str, ...], Certainty.PROPOSED] = ("river", "canal")
    """Water lines that cut where no surface is known; covered ones don't."""

    separators: Annotated[tuple[Separator, ...], Certainty.PROPOSED] = ("railways", "waterways")
    """Lines no merge may cross: line layers by name, or street classes."""

    minimum_area: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 500.0
    """Faces below this many square metres are merged into a neighbour."""

    minimum_width: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 8.0
    """Faces whose mean width (2 × area ÷ perimeter) is below this many metres are slivers and merged."""

    maximum_area: Annotated[float | None, Certainty.PROPOSED, Field(gt=0)] = None
    """Faces above this many square metres are open country and left out; None keeps them all."""

    grid: Annotated[float, Certainty.PROPOSED, Field(gt=0)] = 0.001
    """Lines are noded on a grid of this many metres, the precision snapshots keep."""
