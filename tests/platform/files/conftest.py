"""A store of its own for every test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """Keep the files of a test in a folder of its own."""
    ours = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": ours}
