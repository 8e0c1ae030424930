"""The same size and seed give the same bytes; other seeds give other cities."""

from __future__ import annotations

import hashlib

import pytest

from huancheng.city.generate import SIZES, generate_city
from huancheng.city.generate.randomness import Draws
from huancheng.city.snapshot import SnapshotError
from huancheng.evidence import InputFault


def _bytes(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes(small_cities, tmp_path):
    generate_city("small", 2, tmp_path / "again")
    assert _bytes(tmp_path / "again") == _bytes(small_cities[2].folder)


def test_different_seeds_give_really_different_cities(small_cities):
    digests = {city.snapshot.manifest.digest for city in small_cities.values()}
    boxes = {tuple(city.layer("built_up_area").total_bounds.round(0)) for city in small_cities.values()}
    counts = {city.snapshot.manifest.layers["buildings"].count for city in small_cities.values()}
    assert len(digests) == len(boxes) == len(counts) == len(small_cities)
    flagged = {tuple(city.problem("estate_without_nursery")["flagged"]) for city in small_cities.values()}
    assert len(flagged) == len(small_cities)


def test_topics_are_independent_of_each_other():
    draws = Draws(7, "small")
    first = draws.topic("roads").random(5).tolist()
    draws.topic("water").random(100)
    assert draws.topic("roads").random(5).tolist() == first
    assert Draws(7, "large").topic("roads").random(5).tolist() != first
    assert Draws(8, "small").topic("roads").random(5).tolist() != first


def test_an_unknown_size_is_a_fault_that_lists_the_sizes(tmp_path):
    with pytest.raises(InputFault, match="there is no size 'tiny'") as caught:
        generate_city("tiny", 1, tmp_path / "out")
    assert all(name in str(caught.value) for name in SIZES)


def test_a_folder_that_holds_files_is_never_overwritten(small_cities):
    with pytest.raises(SnapshotError, match="never overwritten"):
        generate_city("small", 1, small_cities[1].folder)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_city_has_about_two_thousand_buildings(small_cities, seed):
    assert 1_500 <= small_cities[seed].snapshot.manifest.layers["buildings"].count <= 3_300
