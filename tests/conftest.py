"""What every test shares: quiet, repeatable property tests; the real data sets, where they lie beside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("MPLBACKEND", "Agg")

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("verify", settings.get_profile("house"), max_examples=600)
settings.load_profile(os.environ.get("HUANCHENG_HYPOTHESIS", "house"))

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test in a browser once more if it fails: a busy machine starves windows. The run names it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder that holds `run.py`."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data sets that lie beside the project; the test is skipped where they are absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets (../shared/data) are not on this machine")
    return SHARED_DATA
