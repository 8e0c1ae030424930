"""The chain benchmark's own arithmetic: what it measures is what a process took, and growth is judged fairly."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.chain import __main__ as chain
from benchmarks.chain.bars import at_most, growth_bar, unknown
from benchmarks.chain.timed import Cost, timed

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not say what a child process took")


def figures(buildings: int, cpu_seconds: float) -> dict[str, Any]:
    return {"buildings": buildings, "checkup": {"national-2023": {"cpu_seconds": cpu_seconds}}}


@given(few=st.integers(100, 10_000), factor=st.integers(2, 500), second=st.floats(1e-3, 1e3))
def test_growth_as_n_log_n_measures_one(few: int, factor: int, second: float) -> None:
    many = few * factor
    costs = [second * n * math.log(n) for n in (few, many)]
    bar = growth_bar("national-2023", figures(few, costs[0]), figures(many, costs[1]))
    assert bar["measured"] == pytest.approx(1.0, abs=1e-3)


@given(few=st.integers(100, 10_000), factor=st.integers(4, 500))
def test_quadratic_growth_misses_the_bar_and_linear_growth_meets_it(few: int, factor: int) -> None:
    many = few * factor
    assert growth_bar("national-2023", figures(few, few**2), figures(many, many**2))["met"] is False
    assert growth_bar("national-2023", figures(few, few), figures(many, many))["met"] is True


def test_a_bar_may_be_reached_but_not_passed() -> None:
    assert at_most("seconds", 90.0, 90)["met"] is True
    assert at_most("seconds", 90.1, 90)["met"] is False


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert unknown("seconds", 90, "no data")["met"] is None


def test_time_and_memory_of_a_process_are_its_own(project_root: Path) -> None:
    # Measured from a small process, as the benchmark is: a child is charged for its parent's size at the start.
    script = (
        "import json, sys; from pathlib import Path; from benchmarks.chain.timed import timed\n"
        "words = ('x = bytearray(300_000_000); sum(range(3_000_000))', 'pass')\n"
        "print(json.dumps([timed([sys.executable, '-c', word], folder=Path.cwd()).as_dict() for word in words]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=project_root, capture_output=True, check=True)
    hungry, modest = json.loads(done.stdout)
    assert 0.3 < hungry["gigabytes"] < 0.5
    assert modest["gigabytes"] < 0.1
    assert hungry["cpu_seconds"] > modest["cpu_seconds"]
    assert hungry["seconds"] > 0


def test_a_failed_run_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        timed([sys.executable, "-c", "raise SystemExit(3)"], folder=tmp_path)


def test_a_system_that_can_not_say_what_a_child_took_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "wait4")
    with pytest.raises(OSError, match="Linux or macOS"):
        timed([sys.executable, "-c", "pass"], folder=tmp_path)


class TestTheWholeBenchmark:
    """With commands that cost what they are told to."""

    @pytest.fixture
    def commands(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        asked: list[list[str]] = []
        counts = {"small": 2_000, "medium": 30_000, "large": 300_000}

        def cost(*words: str | Path) -> Cost:
            text = [str(word) for word in words]
            asked.append(text)
            if text[:2] == ["city", "generate"]:
                count = counts[text[text.index("--size") + 1]]
                manifest = {"layers": {"buildings": {"count": count}}}
                Path(text[-1]).mkdir(parents=True)
                (Path(text[-1]) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            size = next((name for name in counts if any(name in word for word in text)), "small")
            return Cost(counts[size] / 1e4, counts[size] / 1e4, 1.0)

        monkeypatch.setattr(chain, "huancheng", cost)
        monkeypatch.setattr(chain, "OUTPUT", tmp_path)
        monkeypatch.setattr(chain, "LAS_PALMAS", tmp_path / "absent")
        return asked

    def test_every_size_is_generated_and_checked_up_under_both_systems(
        self, commands: list[list[str]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert chain.main([]) == 0
        document = json.loads(capsys.readouterr().out)
        assert [words[:2] for words in commands].count(["checkup", "run"]) == 6
        assert document["figures"]["large"]["buildings"] == 300_000
        whats = [bar["what"] for bar in document["bars"]]
        assert any("check-up national-2023 of large, GB" in what for what in whats)
        assert sum("n log n" in what for what in whats) == 4
        assert document["bars"][-1]["met"] is None

    def test_sizes_can_be_chosen(self, commands: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
        assert chain.main(["small"]) == 0
        assert list(json.loads(capsys.readouterr().out)["figures"]) == ["small"]
        assert len(commands) == 3

    def test_a_size_that_is_none_is_a_wrong_command_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert chain.main(["tiny"]) == 2
        assert "there is no size tiny" in capsys.readouterr().err
