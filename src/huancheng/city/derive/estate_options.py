"""Settings of the derivation of residential estates."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huancheng.city.derive.options import DeriveOptions
from huancheng.evidence import Certainty


class EstateOptions(DeriveOptions):
    """What counts as an estate (小区). The values are ours (`proposed`)."""

    land_uses: Annotated[tuple[str, ...], Certainty.PROPOSED] = ("residential", "village")
    """Land uses whose polygons are estates."""

    minimum_area: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 1000.0
    """Estates below this many square metres are left out and counted."""

    same_name_distance: Annotated[float, Certainty.PROPOSED, Field(ge=0)] = 30.0
    """Land-use polygons of one name no farther apart than this many metres are one estate."""

    building_uses: Annotated[tuple[str, ...], Certainty.PROPOSED] = ("residential", "mixed")
    """Uses of the buildings that form clusters, and whose residents and homes are summed."""

    cluster_distance: Annotated[float, Certainty.PROPOSED, Field(gt=0)] = 40.0
    """Residential buildings of one block no farther apart than this many metres are one cluster."""

    minimum_buildings: Annotated[int, Certainty.PROPOSED, Field(ge=1)] = 3
    """Clusters of fewer buildings are no estate."""

    kind_words: Annotated[dict[str, tuple[str, ...]], Certainty.PROPOSED] = Field(
        default_factory=lambda: {
            "resettlement": ("安置", "回迁", "拆迁"),
            "work_unit": ("家属院", "宿舍", "职工", "生活区"),
            "commodity": ("小区", "花园", "公寓", "公馆", "家园", "名苑", "嘉苑", "花苑", "雅苑", "府"),
        }
    )
    """Words in a name that tell the kind of estate, the first that fits; without one the kind stays unknown."""
