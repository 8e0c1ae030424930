from __future__ import annotations

from typing import Annotated

import pytest

from huancheng.city.derive import BlockOptions, DeriveOptions, EstateOptions, FloorOptions, PopulationOptions
from huancheng.evidence import Certainty


@pytest.mark.parametrize("options", [BlockOptions, EstateOptions, FloorOptions, PopulationOptions])
def test_every_setting_says_how_its_default_is_known(options: type[DeriveOptions]) -> None:
    assert set(options.certainties()) == set(options.model_fields)
    assert set(options.certainties().values()) == {Certainty.PROPOSED}


def test_a_setting_without_a_mark_is_a_defect() -> None:
    class Unmarked(DeriveOptions):
        reach: float = 3.0

    class Twice(DeriveOptions):
        reach: Annotated[float, Certainty.READ, Certainty.PROPOSED] = 3.0

    for model in (Unmarked, Twice):
        with pytest.raises(TypeError, match="exactly one certainty mark"):
            model.certainties()
