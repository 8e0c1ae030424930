"""Putting the pinned packages into the environment: pip, or uv where it is there; from a wheelhouse without a network.

Every file is checked against the hashes in `requirements/`, and only built packages (wheels) are taken: nothing is
compiled and no package runs code while it is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from house.places import Places
from house.processes import answer, call, surroundings
from house.speech import Trouble, say

DISK_NEEDED = 2_000_000_000
"""Bytes that the packages take, unpacked, with some room."""


def packed_pip(places: Places) -> Path | None:
    """Return the pip that a packed archive brings along."""
    return max(places.wheelhouse.glob("pip-*.whl"), default=None)


def installer_for(places: Places) -> list[str] | None:
    """Return the words that call an installer for the environment; None if there is none.

    A wheelhouse brings its own pip; else uv is quicker; else the environment's pip.
    """
    python = str(places.python)
    wheel = packed_pip(places)
    if wheel is not None:
        return [python, str(wheel / "pip")]
    uv = shutil.which("uv")
    if uv is not None:
        return [uv, "pip"]
    if answer([python, "-m", "pip", "--version"], folder=places.root) is not None:
        return [python, "-m", "pip"]
    return None


def install_command(places: Places, depth: str, installer: list[str]) -> list[str]:
    """Return the whole command that installs a depth's packages."""
    file = str(places.requirement_file(depth))
    if installer[-1] == "pip" and Path(installer[0]).stem == "uv":
        return [
            *installer, "install", "--quiet", "--python", str(places.python), "--require-hashes",
            "--only-binary", ":all:", "-r", file,
        ]  # fmt: skip
    command = [
        *installer, "install", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-warn-script-location",
        "--only-binary", ":all:", "--require-hashes", "-r", file,
    ]  # fmt: skip
    if places.wheelhouse.is_dir():
        command[len(installer) : len(installer)] = ["--isolated"]
        command += ["--no-index", "--find-links", str(places.wheelhouse)]
    return command


def install(places: Places, depth: str) -> None:
    """Install a depth's packages.

    Raises
    ------
    Trouble
        If there is no installer, too little room on the disk, or a package can't be had.
    """
    installer = installer_for(places)
    if installer is None:
        raise Trouble("the environment has neither pip nor uv", "Delete the folder .venv and run the command again.")
    free = shutil.disk_usage(places.environment).free
    if free < DISK_NEEDED:
        raise Trouble(
            f"the disk has {free / 1e9:.1f} GB left; the packages take about {DISK_NEEDED / 1e9:.0f} GB",
            "Make room and run the command again.",
        )
    number = count_requirements(places.requirement_file(depth).read_text(encoding="utf-8").splitlines())
    command = install_command(places, depth, installer)
    where = "the archive's wheelhouse" if places.wheelhouse.is_dir() else "the package index"
    tool = "uv" if Path(command[0]).stem == "uv" else "pip"
    say(f"installing up to {number} packages from {where} with {tool} (a minute or so the first time)")
    if Path(command[0]).stem == "uv":
        code = call(command, folder=places.root)
        if code == 0:
            return
        say("uv did not manage; trying pip")
        pip = [str(places.python), "-m", "pip"]
        if answer([*pip, "--version"], folder=places.root) is None:
            call([str(places.python), "-m", "ensurepip", "--default-pip"], folder=places.root)
        command = install_command(places, depth, pip)
    _run_pip(places, command, number)


def _run_pip(places: Places, command: list[str], number: int) -> None:
    extra = {"PIP_CONFIG_FILE": os.devnull} if places.wheelhouse.is_dir() else {}
    with subprocess.Popen(
        command, cwd=places.root, env=surroundings(extra), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
    ) as child:  # fmt: skip
        tail = follow(child.stdout or (), number)
    if child.returncode != 0:
        raise Trouble(
            "the packages could not be installed:\n" + "\n".join(f"    {line}" for line in tail), cure_for(tail)
        )


def follow(lines: Iterable[str], number: int) -> list[str]:
    """Say now and then how far pip is; return its last lines that tell what went wrong."""
    tail: list[str] = []
    seen = 0
    for line in _stripped(lines):
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            if seen % 20 == 0:
                say(f"  {seen} of about {number} packages")
        elif line.startswith("Installing collected packages"):
            say("  unpacking")
        tail = [*tail, line][-400:]
    errors = [line for line in tail if line.startswith("ERROR") and "Ignored the following versions" not in line]
    return (errors or tail)[-6:]


def _stripped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if text := line.strip():
            yield text


def cure_for(tail: Iterable[str]) -> str:
    """Say in plain words what pip's complaint means."""
    text = "\n".join(tail)
    if "DO NOT MATCH THE HASHES" in text or "HASHES" in text:
        return (
            "A downloaded file is not the one that was checked when the project was released.\n"
            "Empty pip's cache (python3 -m pip cache purge) and try again; if it stays, do not install it."
        )
    if "No matching distribution" in text:
        return (
            "The package index has no built package for this Python and machine. Python 3.11, 3.12 and 3.13 on\n"
            "64-bit Linux, Windows and macOS are supported; or the index could not be reached.\n" + NO_NETWORK
        )
    if "No space left" in text:
        return "The disk is full: make room and run the command again."
    return NO_NETWORK


NO_NETWORK = (
    "Without a network, use the packed archive for this kind of machine (made by `python3 run.py pack` elsewhere).\n"
    "Behind a proxy or with a mirror, tell pip so: python3 -m pip config --help"
)


def count_requirements(lines: Iterable[str]) -> int:
    """Count the packages that a requirement file names."""
    return len({line.split("==")[0] for line in lines if "==" in line and not line.lstrip().startswith(("#", "--"))})
