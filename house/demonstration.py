"""`demo`: the example city generated, checked up, its register filled with people and cases, its pages served."""

from __future__ import annotations

import argparse
from pathlib import Path

from house.assets import build_assets
from house.environment import ensure
from house.places import Places
from house.processes import call
from house.speech import say

PORT = "8000"


def demo(places: Places, words: list[str]) -> int:
    """Set up what is needed, run the main job on the example city, load and serve it; return the exit code."""
    options = read_options(words)
    ensure(places, "run")
    build_assets(places)
    made = places.output / "demo"
    chain = ["chain", "--generate", options.size, "--seed", options.seed, "--out", made]
    code = _huancheng(places, made, *chain)
    return code or fill(places, made, options) or (0 if options.no_serve else serve(places, made, options.port))


def read_options(words: list[str]) -> argparse.Namespace:
    """Read the words of the command."""
    parser = argparse.ArgumentParser(prog="run.py demo", description="See the example city at work, from nothing.")
    parser.add_argument(
        "--no-serve", action="store_true", help="end when everything is made, without serving the pages"
    )
    parser.add_argument("--size", default="medium", choices=["small", "medium", "large"], help="size of the city")
    parser.add_argument("--seed", default="1", help="seed of the city")
    parser.add_argument("--port", default=PORT, help="port of the pages on this machine")
    return parser.parse_args(words)


def fill(places: Places, made: Path, options: argparse.Namespace) -> int:
    """Fill the register of the demonstration with what the main job made; what is there already is left alone."""
    snapshot = made / "snapshot"
    runs = sorted(folder for folder in (made / "checkup").glob("*") if folder.is_dir())
    steps: dict[str, list[str | Path]] = {
        "making the register's tables": ["migrate", "--verbosity", "0"],
        "bodies and divisions": ["load_pack", "--snapshot", snapshot],
        "the map": ["load_snapshot", snapshot],
        "the check-ups": ["load_checkup", *runs],
        f"people, and cases of every instrument in every state (city {options.size}, seed {options.seed})": [
            "load_demo", "--snapshot", snapshot,
        ],
    }  # fmt: skip
    for words, step in steps.items():
        say(f"demo: {words}")
        if code := _huancheng(places, made, "manage", *step):
            return code
    return 0


def serve(places: Places, made: Path, port: str) -> int:
    """Serve the pages until Ctrl-C, on this machine only."""
    say(f"demo: open http://127.0.0.1:{port}/demo/ in a browser; Ctrl-C ends it")
    return _huancheng(places, made, "serve", "--port", port)


def _huancheng(places: Places, made: Path, *words: str | Path) -> int:
    extra = {
        "HUANCHENG_HOME": str(made / "home"),
        "HUANCHENG_PACK": "example-city",
        "HUANCHENG_DEMO": "1",
        "HUANCHENG_SECOND_FACTOR": "optional",
    }
    return call([places.python, "-m", "huancheng.cli", *words], folder=places.root, extra=extra)
