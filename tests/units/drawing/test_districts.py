"""Units of a plan's own districts only."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.units.blocks import Blocks
from huancheng.units.drawing.pipeline import within_districts


def test_a_plan_draws_on_the_blocks_of_its_own_districts(example_blocks: Blocks) -> None:
    name = example_blocks.frame["district"].iloc[0]
    kept = within_districts(example_blocks, [name, "别处"])
    assert set(kept.frame["district"]) == {name}
    assert set(kept.borders["a"]) | set(kept.borders["b"]) <= set(kept.frame["id"])
    assert float(kept.frame.area.sum()) <= float(example_blocks.frame.area.sum())


def test_a_district_without_blocks_is_named(example_blocks: Blocks) -> None:
    with pytest.raises(InputFault, match="临河县") as fault:
        within_districts(example_blocks, ["临河县"])
    assert fault.value.field == "district"
