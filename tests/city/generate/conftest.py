"""Generated cities, made once for all tests of the room."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from huancheng.city.generate import generate_city
from huancheng.city.snapshot import Snapshot

SEEDS = (1, 2, 3)


@dataclass
class City:
    """A generated city with its truth, layers read once."""

    folder: Path

    @cached_property
    def snapshot(self) -> Snapshot:
        return Snapshot(self.folder)

    @cached_property
    def truth(self) -> dict[str, Any]:
        return json.loads((self.folder / "truth.json").read_text("utf-8"))

    @cached_property
    def _layers(self) -> dict[str, gpd.GeoDataFrame]:
        return {}

    def layer(self, name: str) -> gpd.GeoDataFrame:
        if name not in self._layers:
            self._layers[name] = self.snapshot.layer(name)
        return self._layers[name]

    @cached_property
    def built_up(self) -> Any:
        return shapely.union_all(self.layer("built_up_area").geometry.to_numpy())

    def problem(self, key: str) -> dict[str, Any]:
        return self.truth["problems"][key]


@pytest.fixture(scope="session")
def small_cities(tmp_path_factory: pytest.TempPathFactory) -> dict[int, City]:
    base = tmp_path_factory.mktemp("generated")
    cities = {}
    for seed in SEEDS:
        folder = base / f"small-{seed}"
        generate_city("small", seed, folder)
        cities[seed] = City(folder)
    return cities


@pytest.fixture(params=SEEDS)
def city(request: pytest.FixtureRequest, small_cities: dict[int, City]) -> City:
    return small_cities[request.param]


@pytest.fixture(scope="session")
def medium_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("medium") / "medium-1"
    generate_city("medium", 1, folder)
    return City(folder)
