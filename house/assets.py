"""Building what pages load, and compiling the translations; nothing is done where nothing changed."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from house.environment import ensure
from house.node import Node, find_node
from house.places import Places
from house.processes import call
from house.speech import Trouble, say

SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "build.mjs", "src", "styles")
"""What the built files are made of, below the folder of the frontend."""


def assets(places: Places, words: list[str]) -> int:
    """Build style sheets, modules and translations (`--force`: even where nothing changed); return 0."""
    parser = argparse.ArgumentParser(prog="run.py assets", description="Build what pages load.")
    parser.add_argument("--force", action="store_true", help="build even where nothing changed")
    options = parser.parse_args(words)
    ensure(places, "run")
    if options.force:
        stamp_file(places).unlink(missing_ok=True)
    build_assets(places)
    return 0


def platform(places: Places) -> Path:
    """Return the folder of the platform's apps."""
    return places.root / "src" / "huancheng" / "platform"


def frontend(places: Places) -> Path:
    """Return the folder that holds the sources of what pages load."""
    return platform(places) / "frontend"


def built(places: Places) -> Path:
    """Return the folder that holds what was built."""
    return platform(places) / "common" / "static" / "built"


def stamp_file(places: Places) -> Path:
    """Return the file that says from what was built."""
    return built(places) / "stamp.json"


def built_files(places: Places) -> list[str]:
    """Return the names of all built files and compiled translations, which git does not know but an archive carries."""
    files = [*built(places).rglob("*"), *platform(places).glob("*/locale/*/LC_MESSAGES/*.mo")]
    return sorted(file.relative_to(places.root).as_posix() for file in files if file.is_file())


def build_assets(places: Places) -> None:
    """Build whatever is not up to date.

    Raises
    ------
    Trouble
        If Node or its packages can't be had, or a source is faulty.
    """
    stamp = read_stamp(stamp_file(places))
    pages = digest(_files(frontend(places), SOURCES), places.root)
    if stamp.get("pages") != pages or not (built(places) / "manifest.json").is_file():
        _build_pages(places)
        stamp = {"pages": pages, "words": stamp.get("words", "")}
        _write_stamp(places, stamp)
    catalogues = sorted(platform(places).glob("*/locale/*/LC_MESSAGES/*.po"))
    words = digest(catalogues, places.root)
    if stamp.get("words") != words or not all(file.with_suffix(".mo").is_file() for file in catalogues):
        say(f"compiling {len(catalogues)} catalogues of translations")
        if call([places.python, "-m", "house.translations", *catalogues], folder=places.root) != 0:
            raise Trouble("a catalogue of translations is faulty", "Read the message above.")
        _write_stamp(places, {**stamp, "words": words})


def _build_pages(places: Places) -> None:
    node = find_node(places)
    install_packages(places, node)
    say("bundling style sheets and modules")
    if call([*node.node, "build.mjs"], folder=frontend(places)) != 0:
        raise Trouble("the style sheets and modules could not be bundled", "Read the message above.")


def install_packages(places: Places, node: Node) -> None:
    """Fetch the pinned packages with npm, checked against their digests; no package's script is run.

    Raises
    ------
    Trouble
        If they can't be had.
    """
    folder = frontend(places)
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    done = folder / "node_modules" / ".huancheng"
    if done.is_file() and done.read_text(encoding="utf-8") == lock:
        return
    say("fetching the packages of the pages with npm")
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if call(command, folder=folder) != 0:
        raise Trouble(
            "the packages of the pages could not be fetched",
            "Is there a network? Behind a mirror, tell npm so: npm config set registry ADDRESS.\n"
            "Without a network, use the packed archive (made by `python3 run.py pack` elsewhere).",
        )
    done.write_text(lock, encoding="utf-8")


def check_modules(places: Places) -> int:
    """Check the types of the pages' modules; return the checker's exit code."""
    node = find_node(places)
    install_packages(places, node)
    return call([*node.node, "node_modules/typescript/bin/tsc", "--noEmit"], folder=frontend(places))


def _files(folder: Path, names: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        place = folder / name
        found += sorted(file for file in place.rglob("*") if file.is_file()) if place.is_dir() else [place]
    return found


def digest(files: Iterable[Path], root: Path) -> str:
    """Return one SHA-256 over files' names and contents, whatever their line ends; a missing file counts as empty."""
    total = hashlib.sha256()
    for file in files:
        content = file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else b""
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + content + b"\0")
    return total.hexdigest()


def read_stamp(file: Path) -> dict[str, str]:
    """Return what a stamp says; nothing where it is missing or damaged."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def _write_stamp(places: Places, stamp: dict[str, str]) -> None:
    stamp_file(places).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
