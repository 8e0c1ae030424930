"""The four sizes of the generated city."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.evidence import InputFault


@dataclass(frozen=True, slots=True)
class SizePlan:
    """How large a city is laid out.

    Parameters
    ----------
    name
        Name of the size.
    columns, rows
        Quarters (about 500 m square) of the main city from west to east and from south to north.
    cluster_columns, cluster_rows
        Quarters of the detached cluster (组团).
    old_town
        Side of the walled old town, in quarters.
    street_group
        Side of a street (街道), in quarters.
    rounded
        Whether the city's corners are worn off, as in cities that grew from a centre.
    terrain_cell
        Side of a terrain cell in metres.
    """

    name: str
    columns: int
    rows: int
    cluster_columns: int
    cluster_rows: int
    old_town: int
    street_group: int
    rounded: bool
    terrain_cell: float


SIZES = {
    plan.name: plan
    for plan in (
        SizePlan("small", 5, 4, 2, 1, 1, 2, rounded=False, terrain_cell=5.0),
        SizePlan("medium", 18, 16, 3, 3, 2, 4, rounded=True, terrain_cell=10.0),
        SizePlan("large", 58, 52, 8, 8, 2, 6, rounded=True, terrain_cell=20.0),
        SizePlan("huge", 106, 98, 12, 12, 2, 6, rounded=True, terrain_cell=30.0),
    )
}


def size_plan(name: str) -> SizePlan:
    """Return the plan of a size.

    Raises
    ------
    InputFault
        If there is no such size.
    """
    if name not in SIZES:
        raise InputFault(f"there is no size {name!r}", field="size", cure=f"choose one of {', '.join(SIZES)}")
    return SIZES[name]
