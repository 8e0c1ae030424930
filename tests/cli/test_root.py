"""The command as a whole: instant help, plain messages, exit codes that a script can trust."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable

import click
import pytest

from huancheng import __version__
from huancheng.cli import root
from huancheng.evidence import InputFault


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Put one command `try` into the group that does what it is told."""

    def put(body: Callable[[], object]) -> None:
        @click.command("try")
        @click.option("--json", "as_json", is_flag=True)
        def attempt(*, as_json: bool) -> object:
            return body()

        monkeypatch.setattr(root, "COMMANDS", {"try": ("huancheng.cli.root:attempt", "Try it.")})
        monkeypatch.setattr(root, "attempt", attempt, raising=False)

    return put


def exit_code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        root.main(list(arguments))
    assert isinstance(caught.value.code, int)
    return caught.value.code


def raising(error: BaseException) -> Callable[[], object]:
    def body() -> object:
        raise error

    return body


def test_help_lists_every_command_and_imports_none_of_them() -> None:
    script = (
        "import sys; from huancheng.cli.root import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in "
        "{'numpy', 'pandas', 'geopandas', 'numba', 'pydantic'}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert all(f"  {name} " in done.stdout for name in root.COMMANDS)
    assert "Exit codes: 0 success, 1 a negative finding" in done.stdout
    assert done.stderr.strip() == "[]"


def test_the_version_is_the_projects(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--version") == 0
    assert capsys.readouterr().out == f"huancheng, version {__version__}\n"


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "huancheng.cli", "--version"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (0, f"huancheng, version {__version__}\n")


def test_help_is_the_same_when_asked_for_inside_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--help") == 0
    assert "The whole analysis in one call." in capsys.readouterr().out


def test_an_unknown_command_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("chekup") == 2
    assert "No such command 'chekup'" in capsys.readouterr().err


def test_an_unknown_option_is_a_wrong_command_line(command, capsys: pytest.CaptureFixture[str]) -> None:
    command(lambda: None)
    assert exit_code("try", "--fast") == 2
    assert "--fast" in capsys.readouterr().err


def test_success_is_0_and_a_negative_finding_is_1(command) -> None:
    command(lambda: None)
    assert exit_code("try") == 0
    command(lambda: 1)
    assert exit_code("try") == 1
    command(lambda: click.get_current_context().exit(1))
    assert exit_code("try") == 1


def test_a_fault_of_the_input_is_one_line_and_exit_code_3(command, capsys: pytest.CaptureFixture[str]) -> None:
    command(raising(InputFault("no such column", file="楼栋.csv", row=3, field="floors", cure="add it")))
    assert exit_code("try") == 3
    captured = capsys.readouterr()
    assert captured.err == "huancheng: 楼栋.csv, row 3, field floors: no such column — add it\n"
    assert captured.out == ""


def test_with_json_the_fault_is_one_document_on_standard_output(command, capsys: pytest.CaptureFixture[str]) -> None:
    command(raising(InputFault("no such column", file="楼栋.csv")))
    assert exit_code("try", "--json") == 3
    captured = capsys.readouterr()
    assert json.loads(captured.out)["file"] == "楼栋.csv"
    assert "楼栋.csv" in captured.out
    assert captured.err == "huancheng: 楼栋.csv: no such column\n"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "you have no right to it"),
        (errno.EROFS, "the disk can only be read"),
        (errno.ENOSPC, "the disk is full"),
    ],
)
def test_a_place_that_can_not_be_written_is_no_defect_of_ours(
    command, capsys: pytest.CaptureFixture[str], number: int, words: str
) -> None:
    command(raising(OSError(number, "refused", "var/demo")))
    assert exit_code("try") == 3
    assert f"var/demo: {words}" in capsys.readouterr().err


def test_a_defect_of_ours_is_not_hidden(command) -> None:
    command(raising(OSError(errno.EBADF, "bad descriptor")))
    with pytest.raises(OSError, match="bad descriptor"):
        root.main(["try"])
    command(raising(ZeroDivisionError("ours")))
    with pytest.raises(ZeroDivisionError):
        root.main(["try"])


def test_stopping_it_is_said_and_is_130(command, capsys: pytest.CaptureFixture[str]) -> None:
    command(raising(KeyboardInterrupt()))
    assert exit_code("try") == 130
    assert "huancheng: stopped" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    script = (
        "import click, huancheng.cli.root as root\n"
        "@click.command()\n"
        "def talk():\n"
        "    for _ in range(100_000): click.echo('many words')\n"
        "root.COMMANDS = {'talk': ('huancheng.cli.root:talk', '')}; root.talk = talk\n"
        "root.main(['talk'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline() == "many words\n"
        child.stdout.close()
        assert child.stderr.read() == ""


def test_a_command_can_be_called_from_a_program_with_the_programs_own_words(
    command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(lambda: None)
    monkeypatch.setattr(sys, "argv", ["huancheng", "try"])
    with pytest.raises(SystemExit) as caught:
        root.main()
    assert caught.value.code == 0
