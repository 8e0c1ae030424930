"""Whole installations are tested on the engine of the run: on both in two runs of CI, and in one of `verify`."""

from __future__ import annotations

import pytest

from tests.platform.installation import engines_of_run


@pytest.mark.parametrize(
    ("url", "asked", "engines"),
    [
        ("", "", ("sqlite",)),
        ("postgresql://x@localhost/x", "", ("postgresql",)),
        ("", "all", ("sqlite", "postgresql")),
        ("postgresql://x@localhost/x", "all", ("sqlite", "postgresql")),
    ],
)
def test_the_engines_are_those_of_the_run(monkeypatch, url, asked, engines):
    monkeypatch.setenv("HUANCHENG_TEST_DATABASE_URL", url)
    monkeypatch.setenv("HUANCHENG_TEST_ENGINES", asked)
    assert engines_of_run() == engines
