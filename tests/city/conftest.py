"""The real data sets, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data():
    if not DATA.is_dir():
        pytest.skip("the shared data sets are not beside the repository")
    return DATA


@pytest.fixture(scope="session")
def examples():
    return REPOSITORY / "examples"
