"""`test`, `verify`, `lint`, `shell`: what is called, and that nothing bad is passed over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from house import checks, everyday
from house.places import Places
from house.postgres import Cluster
from house.processes import answer, call, surroundings
from house.speech import Trouble

Calls = list[list[str]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path, windows=False)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every program that would have been called; none is, and all say that they succeeded."""
    made: Calls = []

    def record(command: list[str | Path], **_more: object) -> int:
        made.append([str(word) for word in command])
        return 0

    for module in (checks, everyday):
        monkeypatch.setattr(module, "call", record)
        monkeypatch.setattr(module, "ensure", lambda _places, depth: made.append(["ensure", depth]))
    monkeypatch.setattr(checks, "build_assets", lambda _places: None)
    monkeypatch.setattr(checks, "check_modules", lambda _places: 0)
    monkeypatch.setattr(checks, "bench_all", lambda _places: [])
    return made


def failing(calls: Calls, when: Callable[[list[str]], bool]) -> Callable[..., int]:
    def record(command: list[str | Path], **_more: object) -> int:
        words = [str(word) for word in command]
        calls.append(words)
        return 1 if when(words) else 0

    return record


def test_the_quick_tests_leave_the_slow_ones_out_and_show_what_they_skip(places: Places, calls: Calls) -> None:
    assert checks.test(places, ["-k", "access"]) == 0
    words = calls[-1]
    assert words[words.index("-m", 2) + 1] == "pytest" or words[1:3] == ["-m", "pytest"]
    assert "not slow and not journey" in words
    assert any(word.startswith("-rs") for word in words)
    assert words[-2:] == ["-k", "access"]
    assert calls[0] == ["ensure", "dev"]


def test_journeys_in_a_browser_run_alone_where_they_are_asked_for(places: Places, calls: Calls) -> None:
    assert checks.test(places, ["--journeys"]) == 0
    assert calls[-1][calls[-1].index("-m", 3) + 1] == "journey and not slow"
    assert calls[-1][-1] == str(places.root / "tests" / "platform")
    assert "--journeys" not in calls[-1]


def test_the_platforms_tests_run_on_a_postgresql_server_of_their_own(
    places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    surroundings: list[dict[str, str]] = []

    def record(command: list[str | Path], *, extra: dict[str, str] | None = None, **_more: object) -> int:
        calls.append([str(word) for word in command])
        surroundings.append(extra or {})
        return 0

    @contextmanager
    def cluster() -> Iterator[Cluster]:
        yield Cluster(Path("bin"), Path("folder"), 5433, {})

    monkeypatch.setattr(checks, "call", record)
    monkeypatch.setattr(checks, "throw_away_cluster", cluster)
    assert checks.test(places, ["--database", "postgresql", "-x"]) == 0
    assert calls[-1][-2:] == ["-x", str(places.root / "tests" / "platform")]
    assert surroundings[-1][checks.DATABASE_URL].startswith("postgresql://huancheng@")
    assert checks.test(places, ["--database", "postgresql", str(Path(__file__))]) == 0
    assert calls[-1][-1] == str(Path(__file__))
    assert checks.test(places, ["--database", "sqlite"]) == 0
    assert surroundings[-1] == {}


def test_tests_go_over_two_processes_where_there_are_two() -> None:
    assert checks.worker_words(2, []) == ["-n", "2", "--dist", "loadfile"]
    assert checks.worker_words(64, []) == ["-n", "2", "--dist", "loadfile"]
    assert checks.worker_words(1, []) == []
    assert checks.worker_words(2, ["-n0"]) == []
    assert checks.worker_words(2, ["--pdb"]) == []


def test_a_failed_tests_exit_code_comes_through(places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "call", lambda *_words, **_more: 5)
    assert checks.test(places, []) == 5


def test_lint_runs_every_check_even_after_one_failed(
    places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "call", failing(calls, lambda words: "check" in words))
    assert checks.lint(places, []) == 1
    assert len(calls) == 1 + len(checks.LINTS)
    assert "failed: style" in capsys.readouterr().err


def test_lint_mends_only_when_asked(places: Places, calls: Calls) -> None:
    checks.lint(places, [])
    assert not [words for words in calls if "--fix" in words]
    checks.lint(places, ["--fix"])
    assert [words for words in calls if "--fix" in words]


def test_verify_runs_all_parts_and_fails_if_one_does(
    places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.verify(places, []) == 0
    assert "all is well" in capsys.readouterr().err
    monkeypatch.setattr(checks, "bench_all", lambda _places: ["access"])
    monkeypatch.setattr(checks, "call", failing(calls, lambda words: "pytest" in words))
    assert checks.verify(places, []) == 1
    assert "failed: tests, benchmark access" in capsys.readouterr().err
    monkeypatch.setattr(checks, "bench_all", lambda _places: [])
    monkeypatch.setattr(checks, "call", failing(calls, lambda words: "mypy" in words))
    assert checks.verify(places, []) == 1


def test_documents_and_coverage_run_inside_the_environment(places: Places, calls: Calls) -> None:
    assert checks.docs(places, ["--check"]) == 0
    assert calls[-1] == [str(places.python), "-m", "house.documents", "--check"]
    assert checks.coverage(places, []) == 0
    assert calls[-1] == [str(places.python), "-m", "huancheng.policy.coverage"]


def test_a_shell_without_a_terminal_says_how_to_enter_the_environment(
    places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(everyday.sys.stdin, "isatty", lambda: False, raising=False)
    assert everyday.shell(places, []) == 0
    assert capsys.readouterr().out.strip() == str(places.scripts / "activate")
    assert calls == [["ensure", "run"]]


def test_a_shell_at_a_terminal_is_a_prompt_with_huancheng(
    places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everyday.sys.stdin, "isatty", lambda: True, raising=False)
    everyday.shell(places, [])
    assert calls[-1][:3] == [str(places.python), "-i", "-c"]
    assert "import huancheng" in calls[-1][3]


def test_a_shell_takes_words_for_python(places: Places, calls: Calls) -> None:
    everyday.shell(places, ["-c", "print(1)"])
    assert calls[-1] == [str(places.python), "-c", "print(1)"]


class TestProcesses:
    """Calling other programs."""

    def test_exit_codes_come_through(self, tmp_path: Path) -> None:
        assert call([sys.executable, "-c", "raise SystemExit(7)"], folder=tmp_path) == 7

    def test_a_signal_is_told_as_a_shell_tells_it(self, tmp_path: Path) -> None:
        script = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
        assert call([sys.executable, "-c", script], folder=tmp_path) == 128 + 15

    def test_a_program_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(Trouble, match="can't start no-such-program"):
            call(["no-such-program"], folder=tmp_path)
        assert answer(["no-such-program"], folder=tmp_path) is None

    def test_a_failed_program_has_no_answer(self, tmp_path: Path) -> None:
        assert answer([sys.executable, "-c", "raise SystemExit(1)"], folder=tmp_path) is None

    def test_chinese_comes_through(self, tmp_path: Path) -> None:
        assert answer([sys.executable, "-c", "print('城市体检')"], folder=tmp_path) == "城市体检\n"

    def test_another_projects_python_settings_do_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONHOME", "elsewhere")
        monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
        variables = surroundings({"MORE": "1"})
        assert "PYTHONHOME" not in variables
        assert "VIRTUAL_ENV" not in variables
        assert (variables["PYTHONUTF8"], variables["MORE"]) == ("1", "1")

    def test_ctrl_c_waits_for_the_child_to_end_its_work(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from house import processes

        class Child:
            asked = 0

            def wait(self) -> int:
                self.asked += 1
                if self.asked == 1:
                    raise KeyboardInterrupt
                return 130

        monkeypatch.setattr(processes.subprocess, "Popen", lambda *_words, **_more: Child())
        assert call(["anything"], folder=tmp_path) == 130


def test_where_pages_can_not_be_built_the_tests_run_all_the_same_and_it_is_said(
    places: Places, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_places: Places) -> None:
        raise Trouble("no Node")

    monkeypatch.setattr(checks, "build_assets", refuse)
    assert checks.test(places, []) == 0
    assert "browser are skipped" in capsys.readouterr().err
