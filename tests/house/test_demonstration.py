"""`demo`: what is made, in which order, and that a step that fails ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import demonstration
from house.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A project that lies nowhere in particular."""
    return Places(tmp_path, windows=False)


@pytest.fixture
def steps(places: Places, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is called; the check-ups the main job would make lie there."""
    called: list[list[str]] = []
    for system in ("national-2022", "national-2023"):
        (places.output / "demo" / "checkup" / system).mkdir(parents=True)

    def note(command: list[str | Path], *, folder: Path, extra: dict[str, str]) -> int:
        assert folder == places.root
        assert extra["HUANCHENG_DEMO"] == "1"
        assert extra["HUANCHENG_HOME"].startswith(str(places.output))
        called.append([str(word) for word in command[3:]])
        return 0

    monkeypatch.setattr(demonstration, "ensure", lambda _places, depth: called.append(["ensure", depth]))
    monkeypatch.setattr(demonstration, "build_assets", lambda _places: called.append(["assets"]))
    monkeypatch.setattr(demonstration, "call", note)
    return called


def test_the_city_is_made_before_its_register_and_pages_are_served_last(places: Places, steps: list[list[str]]) -> None:
    assert demonstration.demo(places, []) == 0
    assert [words[:2] for words in steps] == [
        ["ensure", "run"], ["assets"], ["chain", "--generate"], ["manage", "migrate"], ["manage", "load_pack"],
        ["manage", "load_snapshot"], ["manage", "load_checkup"], ["manage", "load_demo"], ["serve", "--port"],
    ]  # fmt: skip
    assert [Path(word).name for word in steps[6][2:]] == ["national-2022", "national-2023"]


def test_without_serving_it_ends_when_all_is_made(places: Places, steps: list[list[str]]) -> None:
    assert demonstration.demo(places, ["--no-serve", "--size", "small", "--seed", "3"]) == 0
    assert steps[2][:5] == ["chain", "--generate", "small", "--seed", "3"]
    assert steps[-1][1] == "load_demo"


@pytest.mark.parametrize("failing", ["chain", "load_snapshot", "load_demo"])
def test_a_step_that_fails_ends_the_demonstration(
    failing: str, places: Places, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = demonstration.call
    monkeypatch.setattr(
        demonstration, "call", lambda command, **more: whole(command, **more) or (4 if failing in command else 0)
    )
    assert demonstration.demo(places, []) == 4
    assert failing in steps[-1]
