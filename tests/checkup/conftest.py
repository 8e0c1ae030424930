"""What the tests of the check-up share: the little city, built as a test wants it, and the generated cities."""

from __future__ import annotations

import importlib.util
import itertools
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


@pytest.fixture
def context(tmp_path, layers):
    """A function that builds the layers as they stand and opens them for a check-up."""
    from huancheng.checkup import CityContext, load_ruleset

    built = itertools.count()

    def open_city(system="national-2023", **options):
        folder = tmp_path / f"city-{next(built)}"
        return CityContext(_little_city.build(folder, layers, **options), load_ruleset(system).land)

    return open_city


@pytest.fixture
def figure(context):
    """A function that measures one indicator of the little city."""
    from huancheng.checkup import load_ruleset
    from huancheng.checkup.operators import measure_indicator

    def measure(indicator, **options):
        system = f"national-{indicator[:4]}"
        return measure_indicator(load_ruleset(system).system.by_id[indicator], context(system, **options))

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
