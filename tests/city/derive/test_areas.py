from __future__ import annotations

import numpy as np
import pytest

from huancheng.city.derive import derive_floor_area, derive_footprint_area
from huancheng.evidence import InputFault, Provenance
from tests.city.derive.city_parts import areas, square

BUILDINGS = areas(square(0, 0), square(50, 0, 20), square(100, 0), floors=[3, None, 2], floor_area=[None, None, 175.5])


def test_footprint_area_is_the_ground_area_in_square_metres() -> None:
    column = derive_footprint_area(BUILDINGS)
    assert column.values.tolist() == [100, 400, 100]
    assert column.shares() == {"derived": 1.0}


def test_floor_area_is_footprint_times_floors_where_it_is_not_given() -> None:
    column = derive_floor_area(BUILDINGS)
    assert column.values.tolist()[::2] == [300, 175.5]
    assert column.values.isna().tolist() == [False, True, False]
    assert column.provenance.tolist() == [Provenance.DERIVED.code, 0, Provenance.MEASURED.code]


@pytest.mark.parametrize(
    ("floors", "floor_area"),
    [(Provenance.MEASURED, Provenance.DERIVED), (Provenance.DECLARED, Provenance.DERIVED),
     (Provenance.IMPUTED, Provenance.IMPUTED), (Provenance.MODELLED, Provenance.MODELLED),
     (Provenance.SYNTHETIC, Provenance.SYNTHETIC)],
)  # fmt: skip
def test_floor_area_is_no_better_known_than_the_floors(floors: Provenance, floor_area: Provenance) -> None:
    codes = np.array([floors.code, 0, floors.code], dtype=np.uint8)
    assert derive_floor_area(BUILDINGS, floors_provenance=codes).provenance[0] == floor_area.code


def test_degrees_are_refused() -> None:
    for derive in (derive_floor_area, derive_footprint_area):
        with pytest.raises(InputFault, match="does not measure in metres"):
            derive(BUILDINGS.to_crs(4326))
