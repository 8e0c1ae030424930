"""How long the map of 示例市 takes until it is drawn, in a headless browser that draws by software.

The medium city is generated, checked up and loaded into an installation of its own; `huancheng serve` serves it;
Chromium opens the map with empty cache (cold), again (warm), close to the buildings, and with an indicator by street.
The time runs from the request until everything that is to be seen is drawn, names included. Words after the name choose
the size.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 6.0
ROUNDS = 3
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
         "--ignore-gpu-blocklist"]  # fmt: skip
CLOSE = "#map=15.5/{latitude:.5f}/{longitude:.5f}&paint=age"
INDICATOR = "#run={run}&indicator=2023-C-14&by=street"


def huancheng(*words: str) -> None:
    """Run a command of the program, its words on standard error."""
    subprocess.run([sys.executable, "-m", "huancheng.cli", *words], check=True, cwd=ROOT, stdout=sys.stderr)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """Serve the installation on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "huancheng.cli", "serve", "--no-worker", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/map/", timeout=5)  # noqa: S310 - an address of our own
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def draw(page: Any, address: str) -> float:
    """Open a map and return the seconds until it is drawn."""
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(".atlas[data-idle]", timeout=180_000)
    return time.perf_counter() - start


def measure(address: str, session: str, places: dict[str, str], browser: Any) -> dict[str, float]:
    """Return the median seconds of each view; `cold` opens a fresh window each time."""
    figures: dict[str, list[float]] = {name: [] for name in ("cold", *places)}
    for _ in range(ROUNDS):
        window = browser.new_context(viewport={"width": 1440, "height": 900})
        window.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = window.new_page()
        figures["cold"].append(draw(page, f"{address}/map/"))
        for name, hash_ in places.items():
            figures[name].append(draw(page, f"{address}/map/{hash_}"))
        window.close()
    return {name: round(statistics.median(seconds), 2) for name, seconds in figures.items()}


def main(words: list[str]) -> int:
    """Measure, print one JSON document, and return 1 if the bar is missed, 3 if there is no browser."""
    size = words[0] if words else "medium"
    chromium = os.environ.get("HUANCHENG_CHROMIUM") or which("chromium") or which("google-chrome")
    what = f"map of 示例市 {size} drawn, cold, software rendering, seconds"
    if chromium is None:
        bar = {"what": what, "measured": None, "bar": SECONDS, "better": "lower", "met": None, "note": "no Chromium"}
        print(json.dumps({"benchmark": "map", "figures": {}, "bars": [bar]}, ensure_ascii=False))
        return 3
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="bench-map-") as folder:
        home = Path(folder)
        huancheng("city", "generate", "--size", size, "--seed", "1", "--out", str(home / "snapshot"))
        huancheng("checkup", "run", str(home / "snapshot"), "--system", "national-2023", "--out", str(home / "run"))
        environment = os.environ | {"HUANCHENG_HOME": str(home / "home"), "HUANCHENG_PACK": "example-city"}
        told = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("prepare.py")), str(home / "snapshot"), str(home / "run")],
            check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
        session = json.loads(told.splitlines()[-1])
        places = {
            "warm": "",
            "close, buildings by age": CLOSE.format(**_middle(home / "snapshot")),
            "indicator by street": INDICATOR.format(run=session["run"]),
        }
        with served(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            seconds = measure(address, session["session"], places, browser)
            browser.close()
    figures: dict[str, Any] = {"size": size, "seconds": seconds, "load_average": round(os.getloadavg()[0], 1)}
    bar = {
        "what": what,
        "measured": seconds["cold"],
        "bar": SECONDS,
        "better": "lower",
        "met": seconds["cold"] <= SECONDS,
    }
    print(json.dumps({"benchmark": "map", "figures": figures, "bars": [bar]}, ensure_ascii=False))
    return 0 if bar["met"] else 1


def _middle(folder: Path) -> dict[str, float]:
    """Return the middle of the built-up area in degrees."""
    from huancheng.city.snapshot import Snapshot

    west, south, east, north = Snapshot(folder).layer("built_up_area", []).to_crs("EPSG:4490").total_bounds
    return {"longitude": (west + east) / 2, "latitude": (south + north) / 2}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
