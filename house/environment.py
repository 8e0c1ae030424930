"""The virtual environment: made once, recognised when it is sound, mended when it is not."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from house.install import install, installer_for
from house.link import link_project
from house.places import Places
from house.processes import answer, call
from house.speech import Trouble, say

DEPTHS = ("run", "dev")
"""What may be installed: what the program needs, or also what its developers need."""

OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an environment holds.

    Parameters
    ----------
    python
        Version of its interpreter, for example `3.11`.
    installed
        For each depth, the SHA-256 of the requirement file that was installed; `dev` implies `run`.
    """

    python: str
    installed: dict[str, str]

    def holds(self, depth: str, digests: dict[str, str]) -> bool:
        """Whether the packages of a depth are those the requirement files name now."""
        return any(
            self.installed.get(installed) == digests[installed]
            for installed in DEPTHS[DEPTHS.index(depth) :]
            if digests[installed]
        )


def read_stamp(file: Path) -> Stamp | None:
    """Read a stamp; None if there is none or it is damaged."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return Stamp(
            python=str(data["python"]), installed={str(key): str(value) for key, value in data["installed"].items()}
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None


def requirement_digests(places: Places) -> dict[str, str]:
    """Return the SHA-256 of each depth's requirement file, whatever its line ends; empty where it is missing."""
    digests = {}
    for depth in DEPTHS:
        file = places.requirement_file(depth)
        text = file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else b""
        digests[depth] = hashlib.sha256(text).hexdigest() if text else ""
    return digests


def interpreter_version(places: Places) -> tuple[int, int] | None:
    """Return the version of the environment's interpreter; None if it can't run (half made, moved, foreign)."""
    if not places.python.exists():
        return None
    text = answer([places.python, "-I", "-S", "-c", "import sys; print(*sys.version_info[:2])"], folder=places.root)
    try:
        major, minor = (text or "").split()
        return int(major), int(minor)
    except ValueError:
        return None


def fault_of(places: Places) -> str:
    """Say in a few words why an existing environment can't be used; empty if it can."""
    if not (places.environment / "pyvenv.cfg").is_file():
        return "it is no virtual environment"
    version = interpreter_version(places)
    if version is None:
        return "its Python does not start (half made, or brought from another machine)"
    if version < OLDEST:
        return f"its Python is {version[0]}.{version[1]}"
    stamp = read_stamp(places.stamp)
    if stamp is not None and stamp.python != f"{version[0]}.{version[1]}":
        return f"it was made for Python {stamp.python} and now finds {version[0]}.{version[1]}"
    if answer([places.python, "-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"], folder=places.root) is None:
        return "its Python does not know that it belongs to it"
    return ""


def ensure(places: Places, depth: str) -> None:
    """Make sure that the environment is there with the packages of a depth; do nothing where nothing changed.

    Raises
    ------
    Trouble
        If the environment can't be made or the packages can't be had.
    """
    digests = requirement_digests(places)
    if not digests[depth]:
        raise Trouble(f"{places.requirement_file(depth)} is missing", "Take a whole copy of the project.")
    stamp = read_stamp(places.stamp)
    version = interpreter_version(places) if stamp else None
    if stamp and version and stamp.python == f"{version[0]}.{version[1]}" and stamp.holds(depth, digests):
        return
    _prepare(places)
    places.stamp.unlink(missing_ok=True)
    install(places, depth)
    link_project(places)
    version = interpreter_version(places)
    if version is None:
        raise Trouble("the environment's Python does not start", "Delete the folder .venv and run the command again.")
    installed = {name: digests[name] for name in DEPTHS[: DEPTHS.index(depth) + 1]}
    text = json.dumps({"python": f"{version[0]}.{version[1]}", "installed": installed}, indent=1)
    places.stamp.write_text(text + "\n", encoding="utf-8")


def _prepare(places: Places) -> None:
    """Leave a sound environment in its place, making it new where there is none or it is beyond use."""
    if places.environment.exists() or places.environment.is_symlink():
        fault = fault_of(places)
        if not fault and installer_for(places) is not None:
            return
        say(f"the environment .venv can't be used: {fault or 'it has no pip'}; making it anew")
        remove_tree(places.environment)
    version = ".".join(str(part) for part in sys.version_info[:3])
    say(f"making the environment .venv with Python {version}")
    without_pip = places.wheelhouse.is_dir() or shutil.which("uv") is not None
    options = ["--without-pip"] if without_pip else []
    if not without_pip and not can_make_pip():
        raise Trouble(MISSING_VENV, MISSING_VENV_CURE)
    code = call([sys.executable, "-m", "venv", *options, places.environment], folder=places.root)
    if code != 0:
        remove_tree(places.environment)
        raise Trouble(MISSING_VENV, MISSING_VENV_CURE)


MISSING_VENV = "this Python can't make virtual environments"
MISSING_VENV_CURE = (
    "Debian and Ubuntu keep that in a package of its own:\n"
    "    sudo apt-get install python3-venv\n"
    "(as root without sudo). Then run the command again."
)


def can_make_pip() -> bool:
    """Whether this Python carries `venv` and the pip that goes into new environments (Debian splits them off)."""
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip.version() and venv.EnvBuilder)


def remove_tree(folder: Path) -> None:
    """Delete a folder, read-only files too; a link is taken away and what it points to is left alone.

    Raises
    ------
    Trouble
        If a file is in use or belongs to somebody else.
    """
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
        return
    if not folder.exists():
        return

    def make_writable(function: Callable[[str], object], path: str, _details: object) -> None:
        Path(path).chmod(stat.S_IRWXU)
        function(path)

    try:
        if sys.version_info >= (3, 12):
            shutil.rmtree(folder, onexc=make_writable)
        else:
            shutil.rmtree(folder, onerror=make_writable)
    except OSError as error:
        raise Trouble(
            f"can't delete {folder}: {error.strerror or error}", "Close programs that use it, or delete it by hand."
        ) from error
