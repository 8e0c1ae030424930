"""Settings of the blocks units are drawn from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huancheng.city.derive import BlockOptions
from huancheng.city.derive.block_options import StreetClass
from huancheng.evidence import Certainty

Scope = Literal["built_up_area", "central_city", "development_boundary", "boundary", "streets"]


class UnitBlockOptions(BlockOptions):
    """What else turns streets into blocks a unit can be drawn from.

    The values are ours (`proposed`), found on real street data; no document fixes them.
    """

    scope: Annotated[Scope | None, Certainty.PROPOSED] = None
    """Layer whose ground is cut, `streets` being the ground they enclose; without it the built-up area or boundary."""

    collapse: Annotated[bool, Certainty.PROPOSED] = True
    """Whether dual carriageways and junctions are drawn together into one line."""

    carriageway_distance: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 30.0
    """Two parallel lines of one class or name at most this many metres apart are the carriageways of one street."""

    carriageway_classes: Annotated[tuple[StreetClass, ...], Certainty.PROPOSED] = (
        "expressway", "arterial", "secondary", "branch",
    )  # fmt: skip
    """Streets that are built with two carriageways; others count only where both lines are known to be one-way."""

    carriageway_share: Annotated[float, Certainty.PROPOSED, Field(gt=0.5, le=1)] = 0.7
    """Share of a median's border that must be of one class or name."""

    carriageway_elongation: Annotated[float, Certainty.PROPOSED, Field(ge=1)] = 3.0
    """A median is at least this many times as long as it is wide."""

    junction_area: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 2_500.0
    """Faces up to this many square metres, closed by streets on every side, are looked at as islands of a junction."""

    junction_shape: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 6.7
    """Islands whose face-artefact index (ln of area × share of the smallest circle around it) is at most this are part
    of a junction."""

    junction_share: Annotated[float, Certainty.PROPOSED, Field(gt=0, le=1)] = 0.5
    """Share of an island's border that must be of streets built with carriageways (`carriageway_classes`)."""

    roundabout_area: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 8_000.0
    """Round faces up to this many square metres inside a street are roundabouts, whatever the street's class."""

    roundabout_shape: Annotated[float, Certainty.PROPOSED, Field(ge=0, le=1)] = 0.93
    """A face is round when 4π × area ÷ perimeter² is at least this; a square has 0.79."""

    building_share: Annotated[float, Certainty.PROPOSED, Field(ge=0, le=1)] = 0.05
    """A face with a larger share of building ground is a place where people build, whatever its shape."""

    collapse_step: Annotated[float, Certainty.PROPOSED, Field(gt=0)] = 4.0
    """Spacing in metres of the points between which the middle of a street is drawn."""

    minimum_water_area: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 1_000.0
    """Smaller surfaces of water stay ground of the block they lie in."""

    parcel_tolerance: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 1.0
    """A street within this many metres of a parcel's edge is drawn along it; 0 leaves streets where they are."""

    parcel_cut_area: Annotated[float | None, Certainty.PROPOSED, Field(gt=0)] = None
    """Faces above this many square metres are cut along the edges of their parcels; None never cuts along parcels."""

    smallest_part: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 1.0
    """A parcel is cut when at least two blocks hold more than this many square metres of it."""

    shortest_border: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 1.0
    """Blocks that share less border in metres, all kinds together, touch at a corner and are no neighbours."""

    bridge_reach: Annotated[float, Certainty.PROPOSED, Field(gt=0)] = 60.0
    """Ground is looked for this many metres beyond either end of a bridge."""
