"""Settings of the rule that draws the built-up area from footprints."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huancheng.city.derive import DeriveOptions
from huancheng.evidence import Certainty


class BuiltUpOptions(DeriveOptions):
    """What counts as built-up area (建成区) where none is given. The values are ours (`proposed`)."""

    reach: Annotated[float, Certainty.PROPOSED, Field(gt=0)] = 60.0
    """Buildings no farther apart than twice this many metres stand in one built-up area."""

    margin: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 20.0
    """Metres of ground around the outermost buildings that belong to it; not more than the reach."""

    minimum_area: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 100_000.0
    """Clusters below this many square metres are hamlets and left out."""

    largest_hole: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 200_000.0
    """Open ground inside up to this many square metres (parks, yards) is part of it."""
