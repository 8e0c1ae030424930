"""The commands of `run.py`, by name."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable
from dataclasses import dataclass

from house import assets, checks, demonstration, everyday, measure, release
from house.places import Places
from house.speech import EXIT_STOPPED, Trouble, speak_utf8

EXIT_USAGE = 2


@dataclass(frozen=True, slots=True)
class Command:
    """One command: a line of help, and the function that takes the words after its name and returns an exit code."""

    summary: str
    run: Callable[[Places, list[str]], int]


COMMANDS = {
    "demo": Command(
        "set up everything, check the example city up and serve its pages (--no-serve: end when all is made)",
        demonstration.demo,
    ),
    "test": Command(
        "the quick tests, up to 15 minutes on two cores (words go to pytest; --database postgresql: the platform's)",
        checks.test,
    ),
    "verify": Command("the long rest: slow tests, coverage, every benchmark, dated results", checks.verify),
    "lint": Command("style, types and the import contract", checks.lint),
    "bench": Command("run one benchmark by name; without a name, list them", measure.bench),
    "docs": Command("renew the generated tables in docs/ and check the links (--check: change nothing)", checks.docs),
    "coverage": Command("which requirements of the policy are proved by passing tests", checks.coverage),
    "assets": Command(
        "build what pages load: style sheets, modules, translations (--force: in any case)", assets.assets
    ),
    "shell": Command("a Python prompt with Huancheng in reach", everyday.shell),
    "pack": Command("one archive from which demo works without a network (--platform, --python, --list)", release.pack),
    "lock": Command("renew requirements/ from pyproject.toml with uv (--upgrade: take newer versions)", release.lock),
}


def help_text() -> str:
    """Return what `run.py --help` prints."""
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join([
        "Huancheng 焕城: a city's urban renewal, from the first data file to the last bulletin",
        "",
        "usage: python3 run.py COMMAND [words]",
        "",
        *lines,
        "",
        "Exit codes: 0 done, 1 a check or test failed, 2 wrong command line, 3 something needed is missing.",
    ])  # fmt: skip


def main(arguments: list[str]) -> int:
    """Find the command, run it, and turn what is missing into plain words."""
    speak_utf8()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(help_text())
        return 0 if arguments else EXIT_USAGE
    name, words = arguments[0], arguments[1:]
    command = COMMANDS.get(name)
    if command is None:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        print(f"run.py: there is no command {name!r}{hint}\n\n{help_text()}", file=sys.stderr)
        return EXIT_USAGE
    try:
        return command.run(Places.here(), words)
    except Trouble as trouble:
        print(f"run.py: {trouble}", file=sys.stderr)
        return trouble.code
    except KeyboardInterrupt:
        print("run.py: stopped", file=sys.stderr)
        return EXIT_STOPPED
