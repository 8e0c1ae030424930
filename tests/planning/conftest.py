"""What the tests of planning share: the town of one street, its reach, the law."""

from __future__ import annotations

import pytest

from huancheng.planning.completeness import facility_norms, measure_reach
from huancheng.policy.book import load_book
from tests.planning import street_town


@pytest.fixture(scope="session")
def book():
    return load_book("liaocheng-2023")


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    return street_town.build(tmp_path_factory.mktemp("town") / "city")


@pytest.fixture(scope="session")
def reach(town, book):
    return measure_reach(town, facility_norms(book))


@pytest.fixture(scope="session")
def areas():
    return street_town.areas()
