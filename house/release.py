"""`lock` and `pack`: what is pinned, and what leaves the house."""

from __future__ import annotations

import argparse
import platform
import shutil
import sys

from house.archive import build_archive
from house.environment import ensure
from house.places import Places
from house.processes import call
from house.speech import Trouble, say
from house.targets import TARGETS, Target, target_here

LOCK_HEADER = """\
# Made by `python3 run.py lock` from pyproject.toml; not edited by hand.
# Every package is pinned and checked against these hashes, on every supported system and Python (3.11 and newer).
"""


def lock(places: Places, words: list[str]) -> int:
    """Renew the hashed requirement files; pins stay where they are unless `--upgrade` is given.

    Raises
    ------
    Trouble
        If uv is not there, or a package can't be resolved.
    """
    parser = argparse.ArgumentParser(prog="run.py lock", description="Renew requirements/ from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where pyproject.toml allows")
    options = parser.parse_args(words)
    uv = shutil.which("uv")
    if uv is None:
        raise Trouble(
            "the lock needs uv, which is not on the path", "Install it for yourself: python3 -m pip install uv"
        )
    places.requirements.mkdir(exist_ok=True)
    for depth in ("dev", "run", "assets"):
        file = places.requirement_file(depth)
        command = [
            uv,
            *lock_words(depth),
            *(["--upgrade"] if options.upgrade else []),
            "-o",
            f"requirements/{file.name}",
        ]
        if call(command, folder=places.root) != 0:
            raise Trouble(
                f"uv could not resolve the {depth} requirements", "Read its message above and mend pyproject.toml."
            )
        body = file.read_text(encoding="utf-8")
        if "://" in body:
            raise Trouble(f"{file.name} names a host", "Remove index settings from uv's configuration and lock again.")
        pins = "".join(line for line in body.splitlines(keepends=True) if not line.startswith("#"))
        file.write_text(LOCK_HEADER + pins.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
        say(f"wrote requirements/{file.name}")
    return 0


def lock_words(depth: str) -> list[str]:
    """Return the words that have uv resolve a depth for all systems and Pythons at once.

    `dev` is resolved first and `run` takes its pins from it, so that users and developers get the same packages;
    `assets` is Node alone, for machines that have none.
    """
    deeper = {
        "dev": ["--extra", "dev", "pyproject.toml"],
        "run": ["-c", "requirements/dev.txt", "pyproject.toml"],
        "assets": ["--group", "assets"],
    }[depth]
    return [
        "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
        "--no-annotate", "--only-binary", ":all:", "--no-emit-index-url", "--no-emit-find-links", *deeper,
    ]  # fmt: skip


def pack(places: Places, words: list[str]) -> int:
    """Write one archive per platform from which everything works without a network.

    Raises
    ------
    Trouble
        If a package can't be had for the platform, or this is no git clone.
    """
    parser = argparse.ArgumentParser(prog="run.py pack", description="One archive that works without a network.")
    parser.add_argument(
        "--platform", action="append", choices=sorted(TARGETS), help="for which system (default: this one)"
    )
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="3.N",
        help="for which Python (default: this one; repeat for several)",
    )
    parser.add_argument(
        "--depth", default="dev", choices=["run", "dev"], help="run: demo only; dev: the tests too (default)"
    )
    parser.add_argument("--list", action="store_true", help="name the platforms and end")
    options = parser.parse_args(words)
    if options.list:
        print("\n".join(f"{target.name:<16} {target.words}" for target in TARGETS.values()))
        return 0
    ensure(places, "dev")
    for target in chosen_targets(options.platform):
        archive = build_archive(places, target, options.python or [this_python()], options.depth)
        print(archive.relative_to(places.root).as_posix())
    return 0


def chosen_targets(names: list[str] | None) -> list[Target]:
    """Return the platforms asked for, or the one this runs on.

    Raises
    ------
    Trouble
        If none is named and this machine is none of them.
    """
    if names:
        return [TARGETS[name] for name in names]
    here = target_here(platform.system(), platform.machine())
    if here is None:
        raise Trouble(
            f"there is no archive for {platform.system()} on {platform.machine()}", "Name one: run.py pack --list"
        )
    return [here]


def this_python() -> str:
    """Return the running Python as `3.N`."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"
