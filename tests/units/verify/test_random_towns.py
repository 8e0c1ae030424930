"""Whatever town is drawn, the verifier finds no unit across a separator, no broken tie, nothing untrue."""

from collections import Counter
from pathlib import Path

import pytest

from huancheng.units.certificate import UnitDrawing, write_units
from huancheng.units.problem import Undrawable
from huancheng.units.verify import verify_units
from tests.units.random_towns import RandomTown, random_town
from tests.units.town import drawn_on


def drawn_or_refused(case: RandomTown, seed: int) -> UnitDrawing | Undrawable:
    try:
        return drawn_on(case.place, case.rules, seed=seed, **case.tables)
    except Undrawable as refusal:
        return refusal


def outcomes(seeds: range, folder: Path, largest: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    for seed in seeds:
        case = random_town(seed, largest)
        drawing = drawn_or_refused(case, seed)
        if isinstance(drawing, Undrawable):
            assert drawing.causes
            assert all(cause.chinese and cause.english for cause in drawing.causes)
            counted["refused"] += 1
            continue
        verdict = verify_units(write_units(drawing, folder / str(seed)))
        assert verdict.sound, (seed, [str(item) for item in (*verdict.faults, *verdict.breaches)][:5])
        counted["drawn"] += 1
        counted["with separators"] += bool((drawing.ground.pairs.separator != "").any())
        counted["with bridges over them"] += bool((drawing.ground.pairs.bridge & drawing.ground.pairs.joins).any())
        counted["with ties"] += bool(drawing.ground.links)
        counted["with locks"] += bool((drawing.ground.locked != "").any())
        counted["with districts"] += len(set(drawing.ground.zones["district"])) > 1
    return counted


@pytest.mark.requirement("5.2-10")
def test_twenty_random_towns_hold_every_firm_rule(tmp_path):
    counted = outcomes(range(20), tmp_path, 5)
    assert counted["drawn"] >= 10
    assert min(counted["with separators"], counted["with ties"]) >= 5


@pytest.mark.slow
@pytest.mark.requirement("5.2-10")
def test_two_hundred_random_towns_hold_every_firm_rule(tmp_path):
    counted = outcomes(range(200), tmp_path, 8)
    assert counted["drawn"] >= 120
    assert counted["refused"] >= 5
    assert min(counted[kind] for kind in counted if kind.startswith("with")) >= 5
