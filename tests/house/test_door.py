"""The one door: what it says to a stranger, to a typing error, to a Python that is too old."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from house.commands import COMMANDS, help_text, main
from house.places import Places
from house.speech import EXIT_STOPPED, Trouble


@pytest.fixture(scope="module")
def door(project_root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", project_root / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(project_root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, project_root / "run.py", *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_a_python_too_old_is_told_what_it_lacks_and_how_to_get_it(door: ModuleType) -> None:
    message = door.too_old((3, 10, 13))
    assert "Python 3.11 or newer" in message
    assert "this is Python 3.10" in message
    assert "python3.11 run.py demo" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 14, 0)])
def test_a_python_that_will_do_is_told_nothing(door: ModuleType, version: tuple[int, ...]) -> None:
    assert door.too_old(version) == ""


def test_an_old_python_can_read_the_door(project_root: Path) -> None:
    ast.parse((project_root / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_door_and_the_house_need_nothing_installed(project_root: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            "import sys; sys.path.insert(0, '.'); import house.commands; print('ready')",
        ],
        cwd=project_root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.strip() == "ready", done.stderr


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_names_every_command(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


def test_without_a_command_help_is_shown_and_the_code_says_that_nothing_was_done(project_root: Path) -> None:
    done = run(project_root)
    assert done.returncode == 2
    assert "usage: python3 run.py COMMAND" in done.stdout


def test_a_typing_error_is_met_with_the_nearest_command(project_root: Path) -> None:
    done = run(project_root, "dmeo")
    assert done.returncode == 2
    assert "did you mean 'demo'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_word_like_no_command_gets_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["qqqq"]) == 2
    error = capsys.readouterr().err
    assert "did you mean" not in error
    assert help_text() in error


def test_what_is_missing_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lack(_places: Places, _words: list[str]) -> int:
        raise Trouble("there is no coffee", "Make some.")

    monkeypatch.setitem(COMMANDS, "demo", COMMANDS["demo"].__class__("", lack))
    assert main(["demo"]) == 3
    assert capsys.readouterr().err == "run.py: there is no coffee\nMake some.\n"


def test_stopping_it_is_no_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(_places: Places, _words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "demo", COMMANDS["demo"].__class__("", stop))
    assert main(["demo"]) == EXIT_STOPPED
    assert capsys.readouterr().err == "run.py: stopped\n"


@pytest.mark.parametrize("name", ["demo", "pack", "lock"])
def test_a_wrong_option_ends_with_2(project_root: Path, name: str) -> None:
    done = run(project_root, name, "--no-such-option")
    assert done.returncode == 2
    assert "unrecognized arguments" in done.stderr


def test_the_house_lies_where_it_says(project_root: Path) -> None:
    places = Places.here()
    assert places.root == project_root
    assert places.requirement_file("run").is_file()
    assert places.requirement_file("dev").is_file()


def test_windows_has_its_own_layout(tmp_path: Path) -> None:
    assert Places(tmp_path, windows=True).python == tmp_path / ".venv" / "Scripts" / "python.exe"
    assert Places(tmp_path, windows=False).python == tmp_path / ".venv" / "bin" / "python"


@pytest.mark.skipif(os.name == "nt", reason="shell script")
def test_continuous_integration_is_a_script_that_a_shell_can_read(project_root: Path) -> None:
    script = project_root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    done = subprocess.run(["bash", "-n", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    calls = [line.split("run.py ")[1] for line in script.read_text(encoding="utf-8").splitlines() if "run.py " in line]
    assert calls == ["test </dev/null", "test --journeys </dev/null", "test --database postgresql </dev/null"]
