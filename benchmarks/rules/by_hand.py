"""Land supply as an analyst would write it in NumPy: the yardstick for screening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt


def land_supply_by_hand(facts: Mapping[str, npt.NDArray[Any]], commercial: int) -> npt.NDArray[np.int16]:
    """Return the position of the row that decides each case.

    Parameters
    ----------
    facts
        bool arrays by fact; `use_class` as codes.
    commercial
        Code of 经营性.
    """
    fragment = facts["fragmented_or_unbuildable"] & facts["mainly_public_facility"] & facts["in_allocation_catalogue"]
    conforms = facts["conforms_regulatory_plan"]
    agreement = facts["agreement_lawful"]
    is_commercial = facts["use_class"] == commercial
    conditions = [
        ~facts["ownership_changes"] & ~facts["use_changes"],
        ~facts["conforms_master_plan"],
        fragment & ~conforms,
        fragment,
        ~conforms,
        ~facts["scheme_approved"],
        agreement & ~is_commercial,
        agreement & is_commercial,
        ~agreement,
    ]
    return np.select(conditions, [np.int16(row) for row in range(len(conditions))], np.int16(-1)).astype(np.int16)
