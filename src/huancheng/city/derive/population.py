"""Population spread over residential floor area from an official total."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field

from huancheng.city.derive.column import Codes, DerivedColumn, column_or_empty, given_codes
from huancheng.city.derive.options import DeriveOptions
from huancheng.evidence import Certainty, InputFault, Provenance

Floats = npt.NDArray[np.float64]


class PopulationOptions(DeriveOptions):
    """Which floor area houses people. The shares are ours (`proposed`)."""

    residential_share: Annotated[dict[str, float], Certainty.PROPOSED] = Field(
        default_factory=lambda: {"residential": 1.0, "mixed": 0.5}
    )
    """Share of the floor area that houses people, by use; a use not named houses nobody."""

    unknown_use_share: Annotated[float, Certainty.PROPOSED, Field(ge=0, le=1)] = 0.0
    """The same for buildings of unknown use."""

    whole_persons: Annotated[bool, Certainty.PROPOSED] = True
    """Whole residents per building by largest remainder, or fractions."""


@dataclass(frozen=True)
class PopulationResult:
    """Residents per building.

    Parameters
    ----------
    column
        Residents (Float64) with a provenance code per row: given values as they were, the rest modelled.
    total
        The official total; the column sums to it.
    spread
        Part of it that was spread, the rest being given.
    without_floor_area
        Buildings that may house people and got none because their floor area is unknown; their residents are missing.
    """

    column: DerivedColumn
    total: float
    spread: float
    without_floor_area: int


def spread_population(
    buildings: pd.DataFrame,
    official_total: float,
    *,
    provenance: Provenance | Codes = Provenance.MEASURED,
    options: PopulationOptions | None = None,
) -> PopulationResult:
    """Spread an official total over residential floor area; the total is conserved exactly.

    Known residents stay as they are and only the rest is spread. A building whose use houses nobody gets 0; one that
    may house people but has no floor area stays missing, and so does one of unknown use while `unknown_use_share` is 0.

    Parameters
    ----------
    buildings
        `id`, `use`, `floor_area` (m2), and `population` as far as known.
    official_total
        Residents of the whole city, not negative; whole if `whole_persons` is set.
    provenance
        How the given residents are known.
    options
        Settings.

    Raises
    ------
    InputFault
        If the total is negative, not finite, smaller than the residents already given, broken where whole persons are
        asked, or there is no residential floor area to carry it.
    """
    options = options or PopulationOptions()
    given = column_or_empty(buildings, "population", "Float64")
    use = column_or_empty(buildings, "use", "string")
    floor_area = column_or_empty(buildings, "floor_area", "Float64")
    by_use = use.map(options.residential_share).astype("Float64").fillna(0.0)
    share = by_use.where(use.notna(), options.unknown_use_share).to_numpy(dtype=np.float64)
    open_rows = given.isna().to_numpy()
    weight = np.where(open_rows, share * floor_area.fillna(0.0).to_numpy(dtype=np.float64), 0.0)
    rest = _rest(official_total, given, weight, whole_persons=options.whole_persons)
    parts = apportion(rest, weight, _tie_order(buildings), whole=options.whole_persons)
    houses_nobody = use.notna().to_numpy() & (share == 0)
    silent = open_rows & ~houses_nobody & (weight == 0)
    values = given.where(~open_rows, pd.Series(parts, index=given.index)).mask(silent)
    codes = given_codes(given, provenance)
    codes = np.where(open_rows & ~silent, Provenance.MODELLED.code, codes).astype(np.uint8)
    without = int((open_rows & (share > 0) & floor_area.isna().to_numpy()).sum())
    return PopulationResult(DerivedColumn(values, codes), official_total, rest, without)


def apportion(total: float, weight: Floats, tie_order: npt.NDArray[np.int64], *, whole: bool) -> Floats:
    """Split `total` in proportion to `weight`; whole parts by largest remainder, ties by `tie_order`.

    Parameters
    ----------
    total
        What is split; whole where `whole` is asked.
    weight
        Not negative; shape (n,). All zero only if `total` is zero.
    tie_order
        Rank of each row among equal remainders; shape (n,).
    whole
        Whether the parts must be whole.

    Returns
    -------
    array
        Parts that sum to `total`; shape (n,).
    """
    if total == 0:
        return np.zeros(len(weight))
    exact = total * (weight / math.fsum(weight))
    if not whole:
        return np.asarray(exact)
    parts = np.floor(exact)
    order = np.lexsort((tie_order, parts - exact))
    parts[order[: round(total - math.fsum(parts))]] += 1
    return np.asarray(parts)


def _tie_order(buildings: pd.DataFrame) -> npt.NDArray[np.int64]:
    if "id" not in buildings.columns:
        return np.arange(len(buildings), dtype=np.int64)
    return np.asarray(buildings["id"].rank(method="first").to_numpy(dtype=np.int64))


def _rest(total: float, given: pd.Series[float], weight: Floats, *, whole_persons: bool) -> float:
    field = "official_total"
    if not math.isfinite(total) or total < 0:
        raise InputFault(f"{total} is no population", field=field, cure="give the number of residents, 0 or more")
    rest = total - math.fsum(given.dropna())
    if rest < 0:
        message = f"the buildings already hold {total - rest:g} residents, more than the official total {total:g}"
        raise InputFault(message, field=field, cure="check the total's year and area, or drop the given residents")
    if whole_persons and rest != round(rest):
        message = f"{rest:g} residents are left to spread, which is no whole number"
        raise InputFault(message, field=field, cure="give a whole total, or set whole_persons to false")
    if rest > 0 and not weight.any():
        message = f"no residential floor area carries the {rest:g} residents"
        cure = "derive floors and floor area first, or set unknown_use_share where uses are unknown"
        raise InputFault(message, field="floor_area", cure=cure)
    return rest
