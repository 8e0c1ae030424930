"""A check-up of the little city, and one of the small generated city."""

from __future__ import annotations

import pytest

from huancheng.checkup import run_checkup
from huancheng.city.generate import generate_city
from huancheng.city.snapshot import Snapshot
from tests.platform.atlas.little import kept_run


@pytest.fixture
def run(db):
    """The little check-up, taken in."""
    return kept_run()


@pytest.fixture(scope="session")
def small_run(tmp_path_factory):
    """The folder of a check-up of the small generated city."""
    folder = tmp_path_factory.mktemp("small")
    generate_city("small", 1, folder / "snapshot")
    run_checkup(Snapshot(folder / "snapshot"), "national-2023", folder / "run")
    return folder / "run"
