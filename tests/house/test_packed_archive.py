"""The packed archive, for real: made here, unpacked elsewhere, and the main job run from it with the network off."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house.archive import build_archive
from house.places import Places
from house.release import this_python
from house.speech import Trouble
from house.targets import target_here

pytestmark = pytest.mark.slow

NOWHERE = "http://127.0.0.1:9"


def without_network() -> list[str]:
    """Words that run a command with no network at all, where this system lets us; else proxies lead nowhere."""
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        return [unshare, "-rn"]
    return []


def alone(folder: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the system's Python in a folder as a newcomer's shell would, with nothing of ours in reach."""
    kept = {name: value for name in ("PATH", "LANG", "SYSTEMROOT", "TEMP") if (value := os.environ.get(name))}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    return subprocess.run(
        [*without_network(), getattr(sys, "_base_executable", sys.executable), "run.py", *words],
        cwd=folder,
        env={**kept, **proxies, "HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def unpacked(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = target_here(platform.system(), platform.machine())
    if target is None:
        pytest.skip(f"no archive is made for {platform.system()} on {platform.machine()}")
    try:
        archive = build_archive(Places(project_root), target, [this_python()], "dev")
    except Trouble as trouble:
        pytest.skip(f"the archive can't be made here: {trouble.message}")
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.unpack_archive(archive, folder)
    (project,) = folder.iterdir()
    return project


def test_the_main_job_runs_from_the_archive_with_the_network_off(unpacked: Path, tmp_path: Path) -> None:
    done = alone(unpacked, tmp_path, "demo", "--no-serve", "--size", "small")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "from the archive's wheelhouse" in done.stderr
    made = unpacked / "var" / "demo"
    assert {"report.docx", "report.pdf", "city.gpkg"} <= {file.name for file in made.iterdir()}


def test_the_tests_run_from_the_archive_with_the_network_off(unpacked: Path, tmp_path: Path) -> None:
    done = alone(unpacked, tmp_path, "test", "tests/evidence", "tests/house/test_tree.py")
    assert done.returncode == 0, done.stdout[-3000:]
