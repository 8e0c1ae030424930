"""The tree itself: nothing of a maker's machine in it, every module says what it is for, the floors hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from house.targets import entries

MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|farm|opt/pypi|opt/wheels|home/\w+)/")
REGISTRY_HOST = re.compile(
    r"(?:files\.)?pythonhosted\.org|pypi\.org|registry\.npmjs\.org|--(?:extra-)?index-url\s+\S*:|deb\.debian\.org"
)
UNFINISHED = re.compile(r"(?<![\w.])(?:TODO|FIXME|XXX|HACK)\b(?! = )|raise NotImplementedError|pass\s+#")
LONGEST_FILE = 600
"""Lines; a file longer than this has more than one purpose."""


def tree(root: Path) -> list[Path]:
    """The project's own files: what git would take, or where there is no git what is not made by a run."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=root, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        names = done.stdout.decode().split("\0")
        return [root / name for name in names if name and (root / name).is_file()]
    return [file for file in sorted(root.rglob("*")) if file.is_file() and not made_by_a_run(file.relative_to(root))]


def made_by_a_run(name: Path) -> bool:
    hidden = name.parts[0].startswith(".") and name.parts[0] not in {".ci", ".gitignore"}
    return hidden or bool({"var", "dist", "wheelhouse", "__pycache__"} & set(name.parts))


def test_what_a_run_makes_is_no_part_of_the_project() -> None:
    assert made_by_a_run(Path(".venv/bin/python"))
    assert made_by_a_run(Path(".hypothesis/constants/1"))
    assert made_by_a_run(Path("src/huancheng/__pycache__/a.pyc"))
    assert not made_by_a_run(Path(".ci/run"))
    assert not made_by_a_run(Path("src/huancheng/access/graph.py"))


def texts(root: Path) -> list[tuple[str, str]]:
    found = []
    for file in tree(root):
        try:
            found.append((file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def modules(root: Path, *folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((root / folder).rglob("*.py"))]


def hits(root: Path, pattern: re.Pattern[str]) -> list[str]:
    own = Path(__file__).relative_to(root).as_posix()
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts(root)
        if name != own
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("line", ["see /work/shared", "open('/tmp/x/y')", "/root/.pyenv", '"/home/jane/a"'])
def test_a_machines_path_would_be_seen(line: str) -> None:
    assert MACHINE_PATH.search(line + "/")


@pytest.mark.parametrize("line", ["homework/main", "~/work/x", "docs/work/", "https://example.cn/work/"])
def test_other_paths_are_no_machines_paths(line: str) -> None:
    assert not MACHINE_PATH.search(line)


def test_no_file_names_a_path_of_the_machine_it_was_made_on(project_root: Path) -> None:
    assert hits(project_root, MACHINE_PATH) == []


def test_no_file_names_a_package_registry(project_root: Path) -> None:
    assert hits(project_root, REGISTRY_HOST) == []


def test_nothing_is_left_unfinished(project_root: Path) -> None:
    found = [hit for hit in hits(project_root, UNFINISHED) if hit.split(":")[0].endswith((".py", ".yaml", ".toml"))]
    assert [hit for hit in found if "exclude_also" not in hit] == []


def test_nothing_made_by_a_run_is_kept(project_root: Path) -> None:
    names = [file.relative_to(project_root).as_posix() for file in tree(project_root)]
    assert not [
        name for name in names if name.startswith(("var/", "dist/", ".venv/")) or name.endswith((".pyc", "uv.lock"))
    ]


def test_no_file_is_too_large_to_clone_over_a_slow_line(project_root: Path) -> None:
    large = [(file.name, size) for file in tree(project_root) if (size := file.stat().st_size) > 12_000_000]
    assert large == []


def test_every_module_says_what_it_is_for(project_root: Path) -> None:
    silent = [
        file.relative_to(project_root).as_posix()
        for file in modules(project_root, "src", "house", "benchmarks")
        if "migrations" not in file.parts
        and file.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_a_file_has_one_purpose(project_root: Path) -> None:
    long = [
        (file.relative_to(project_root).as_posix(), lines)
        for file in modules(project_root, "src", "house")
        if "migrations" not in file.parts
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    assert long == []


def contract_of(root: Path, contract: Path) -> subprocess.CompletedProcess[str]:
    """Check an import contract in a process of its own: the checker reorders the loggers of the one it runs in."""
    script = "from importlinter.cli import lint_imports_command as main; main()"
    return subprocess.run(
        [sys.executable, "-c", script, "--config", contract, "--no-cache"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_floors_hold(project_root: Path) -> None:
    done = contract_of(project_root, project_root / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_room_that_is_not_on_a_floor_breaks_the_contract(project_root: Path, tmp_path: Path) -> None:
    contract = (project_root / "pyproject.toml").read_text(encoding="utf-8")
    without = tmp_path / "pyproject.toml"
    without.write_text(contract.replace('  "access",\n', "", 1), encoding="utf-8")
    assert contract_of(project_root, without).returncode == 1


@pytest.mark.parametrize("depth", ["run", "dev"])
def test_pins_are_hashed_and_name_no_host(project_root: Path, depth: str) -> None:
    text = (project_root / "requirements" / f"{depth}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    for head, hashes in entries(text.splitlines()):
        assert "==" in head
        assert hashes, head


@pytest.mark.parametrize("depth", ["run", "dev"])
def test_pins_are_in_step_with_what_the_project_asks_for(project_root: Path, depth: str) -> None:
    project = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if depth == "dev" else [])
    text = (project_root / "requirements" / f"{depth}.txt").read_text(encoding="utf-8")
    pins: dict[str, set[str]] = {}
    for head, _ in entries(text.splitlines()):
        pin = Requirement(head)
        pins.setdefault(pin.name, set()).update(item.version for item in pin.specifier)
    for line in wanted:
        asked = Requirement(line)
        name = asked.name.lower().replace("_", "-")
        assert name in pins, f"{line} is not pinned; run: python3 run.py lock"
        assert all(asked.specifier.contains(version) for version in pins[name]), line


def test_what_developers_get_is_what_users_get_and_more(project_root: Path) -> None:
    run, dev = (
        {
            head
            for head, _ in entries(
                (project_root / "requirements" / f"{depth}.txt").read_text(encoding="utf-8").splitlines()
            )
        }
        for depth in ("run", "dev")
    )
    assert run - dev == set()
