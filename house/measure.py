"""Running benchmarks and keeping their dated results: `bench` (the convention is in benchmarks/README.md)."""

from __future__ import annotations

import ast
import datetime as dt
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from house.environment import ensure
from house.places import Places
from house.processes import answer, call, surroundings
from house.speech import Trouble, say

EXIT_USAGE = 2


def benchmarks(places: Places) -> dict[str, str]:
    """Return each benchmark's name and the first line of what it says of itself."""
    found = {}
    for file in sorted((places.root / "benchmarks").glob("*/__main__.py")):
        words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        found[file.parent.name] = words.split("\n", 1)[0]
    return found


def bench(places: Places, words: list[str]) -> int:
    """List the benchmarks, or run the one named; further words go to it. Return its exit code."""
    known = benchmarks(places)
    if not words:
        for name, line in known.items():
            print(f"{name:<16} {line}")
        return 0
    name, rest = words[0], words[1:]
    if name not in known:
        print(f"run.py: there is no benchmark {name!r}; there are: {', '.join(known) or 'none'}", file=sys.stderr)
        return EXIT_USAGE
    ensure(places, "dev")
    return run_benchmark(places, name, rest)


def bench_all(places: Places) -> list[str]:
    """Run every benchmark and return the names of those that missed a bar."""
    return [name for name in benchmarks(places) if run_benchmark(places, name, []) != 0]


def run_benchmark(places: Places, name: str, words: list[str]) -> int:
    """Run one benchmark, keep what it found, and print each bar; return its exit code."""
    say(f"benchmark {name}")
    command = [str(places.python), "-m", f"benchmarks.{name}", *words]
    done = subprocess.run(
        command, cwd=places.root, env=surroundings(peer_variables(places, name)), stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL, encoding="utf-8", check=False,
    )  # fmt: skip
    try:
        document: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        say(f"benchmark {name} left no JSON document on standard output (exit code {done.returncode})")
        return done.returncode or 1
    file = result_file(places, name, dt.datetime.now(tz=dt.UTC).date())
    file.parent.mkdir(parents=True, exist_ok=True)
    document = {"benchmark": name, "date": file.name[:10], "machine": machine(places), **document}
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    answer([places.python, "-m", "house.documents"], folder=places.root)
    for bar in document.get("bars", []):
        print(bar_line(bar))
    say(f"benchmark {name}: exit code {done.returncode}; result in {file.relative_to(places.root).as_posix()}")
    return done.returncode


def bar_line(bar: dict[str, Any]) -> str:
    """Return one bar as a line of words: met, missed, or not known."""
    verdict = {True: "met", False: "MISSED", None: "not known"}[bar.get("met")]
    measured = bar.get("measured")
    figure = f"{measured:.4g}" if isinstance(measured, float) else str(measured)
    note = f" ({bar['note']})" if bar.get("note") else ""
    return f"  {verdict:<9} {bar.get('what', '')}: {figure}, bar {bar.get('bar')}{note}"


def result_file(places: Places, name: str, day: dt.date) -> Path:
    """Return where the result of a day is kept; a second run on the same day takes its place."""
    return places.root / "benchmarks" / "results" / f"{day.isoformat()}-{name}.json"


def machine(places: Places) -> dict[str, Any]:
    """Return what a reader must know to judge a figure; nothing that names the machine."""
    script = (
        "import importlib.metadata as m, json, platform\n"
        "names = ('numpy', 'pandas', 'geopandas', 'shapely', 'pyarrow', 'numba', 'scipy')\n"
        "print(json.dumps({'python': platform.python_version(), **{n: m.version(n) for n in names}}))"
    )
    versions = answer([places.python, "-c", script], folder=places.root)
    return {
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": json.loads(versions) if versions else {},
    }


def peer_variables(places: Places, name: str) -> dict[str, str]:
    """Make the environment of a benchmark's peers, if it names any, and return the variable that points to it.

    Where the peers can't be had the variable is missing, and the benchmark runs its own side only.
    """
    wanted = places.root / "benchmarks" / name / "peers.txt"
    if not wanted.is_file():
        return {}
    folder = places.output / "peers" / name
    python = folder / ("Scripts" if places.windows else "bin") / ("python.exe" if places.windows else "python")
    kept = folder / "peers.txt"
    if python.exists() and kept.is_file() and kept.read_bytes() == wanted.read_bytes():
        return {"HUANCHENG_PEERS_PYTHON": str(python)}
    say(f"benchmark {name}: making an environment for its peers")
    try:
        made = call([sys.executable, "-m", "venv", "--clear", folder], folder=places.root) == 0
        ready = made and call([python, "-m", "pip", "install", "--quiet", "-r", wanted], folder=places.root) == 0
    except Trouble:
        ready = False
    if not ready:
        say(f"benchmark {name}: its peers can't be installed here; it runs without them")
        return {}
    kept.write_bytes(wanted.read_bytes())
    return {"HUANCHENG_PEERS_PYTHON": str(python)}
