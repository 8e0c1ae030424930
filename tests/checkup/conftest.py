"""What the tests of the check-up share: the little city, built as a test wants it, and the generated cities."""

from __future__ import annotations

import importlib.util
import itertools
from functools import cache
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("little_city", Path(__file__).with_name("little_city.py"))
_little_city = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_little_city)


@pytest.fixture(scope="session")
def little():
    """The module that draws and builds the little city."""
    return _little_city


@pytest.fixture
def layers():
    """The little city's layers, to be changed."""
    return _little_city.base_layers()


@cache
def _rules(system):
    from huancheng.checkup import load_ruleset

    return load_ruleset(system)


_GROUND = {"boundary", "built_up_area", "development_boundary", "divisions", "managed_areas", "estates", "buildings"}
_LAND = {"population", "blocks", "parcels", "land_use"}


@pytest.fixture
def context(tmp_path, layers):
    """A function that builds the layers as they stand (or those named alone) and opens them for a check-up."""
    from huancheng.checkup import CityContext

    built = itertools.count()

    def open_city(system="national-2023", needed=None, **options):
        chosen = {name: rows for name, rows in layers.items() if needed is None or name in needed}
        folder = tmp_path / f"city-{next(built)}"
        return CityContext(_little_city.build(folder, chosen, **options), _rules(system).land)

    return open_city


@pytest.fixture
def figure(context):
    """A function that measures one indicator of the little city from the layers it reads."""
    from huancheng.checkup.operators import measure_indicator

    def measure(indicator, **options):
        system = f"national-{indicator[:4]}"
        entry = _rules(system).system.by_id[indicator]
        needed = _GROUND | _LAND | set(entry.inputs.layers)
        return measure_indicator(entry, context(system, needed, **options))

    return measure


@pytest.fixture
def amount(figure):
    """A function that returns one indicator's figure for the whole little city, or its state."""
    import numpy as np

    from huancheng.checkup.results.breakdown import city_sums, rows_of

    def whole(indicator, **options):
        measured = figure(indicator, **options)
        if measured.state != "known":
            return measured.state.value
        row = rows_of(measured, city_sums(measured), "city", np.array([""]), np.array([""])).iloc[0]
        return row["amount"] if row["state"] == "known" else row["state"]

    return whole


@pytest.fixture
def run(tmp_path, layers):
    """A function that checks the little city up and returns the run."""
    from huancheng.checkup import run_checkup

    def check(system="national-2023", name="run", city=None, **options):
        from huancheng.city.snapshot import Snapshot

        folder = tmp_path / "city"
        snapshot = Snapshot(folder) if folder.exists() else _little_city.build(folder, layers, city=city)
        return run_checkup(snapshot, system, tmp_path / name, **options)

    return check
