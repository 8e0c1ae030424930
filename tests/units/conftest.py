"""One plan with a river, a bridge, ties, a lock and residents, drawn once for every test that looks at results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from huancheng.city.generate import generate_city
from huancheng.city.snapshot import Snapshot
from huancheng.units.blocks import Blocks, build_blocks
from huancheng.units.certificate import Source, UnitDrawing, write_units
from tests.units.town import drawn_on, links, locks, name, small_units, town


@pytest.fixture(scope="session")
def little_plan() -> UnitDrawing:
    """Six by six blocks: a river with a bridge, a border along no line, a lock, ties: everything a rule asks."""
    place = town(
        [100.0] * 6, [100.0, 100.0, 100.0, 100.0, 110.0, 110.0],
        columns_along={1: "river"}, rows_along={2: "none"}, bridges=[("R1C1", "R1C2")],
        population=[100.0 + number for number in range(36)], households=[40.0] * 36, floor_area=[9_000.0] * 36,
        footprint_area=[2_500.0] * 36, height=[18.0] * 36, age=[25.0] * 36,
        title_area=[8_000.0] * 36, legal_area=[7_000.0 if number % 5 else 1_000.0 for number in range(36)],
        district=["东区"] * 36,
        **{f"problems:{kind}": [float(number % of) for number in range(36)] for kind, of in (("积水", 4), ("停车", 7))},
    )  # fmt: skip
    people = pd.DataFrame(
        [
            (name(row, column), facility, 100.0, 20.0 if column < 4 else 60.0)
            for facility in ("kindergarten", "market") for row in range(6) for column in range(6)
        ],
        columns=["block", "facility", "residents", "beyond"],
    )  # fmt: skip
    rules = small_units(area={"low": 4.0, "high": 7.0})  # few sets of blocks are that large: all are soon listed
    drawing = drawn_on(
        place, rules, seed=3, residents=people,
        links=links(
            ("parcel", "A1", ["R3C3", "R3C4"]), ("estate", "E1", ["R4C0", "R5C0"]), ("owner", "O1", ["R0C0", "R5C5"])
        ),
        locks=locks(L1=["R0C4", "R0C5", "R1C4", "R1C5"]),
    )  # fmt: skip
    return replace(drawing, sources=(Source("小城", "0" * 64, "snapshot"),))


@pytest.fixture(scope="session")
def little_folder(little_plan: UnitDrawing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its result folder; tests that change anything copy it first."""
    return write_units(little_plan, tmp_path_factory.mktemp("units") / "plan")


@pytest.fixture(scope="session")
def example_city(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small 示例市."""
    return generate_city("small", 1, tmp_path_factory.mktemp("shili") / "city").snapshot


@pytest.fixture(scope="session")
def example_blocks(example_city: Snapshot) -> Blocks:
    """Its blocks."""
    return build_blocks(example_city)
