"""Pinning and packing: the right wheels for each machine, the same bytes each time, no network needed afterwards."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from house import archive, release
from house.archive import build_archive, project_version, write_tar, write_zip
from house.places import Places
from house.release import chosen_targets, lock, lock_words, pack, this_python
from house.speech import Trouble
from house.targets import TARGETS, entries, requirements_for, target_here

REQUIREMENTS = """\
# a comment
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:cc
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:dd
rich==15.0.0 \\
    --hash=sha256:ee
"""


def pins(target: str, python: str) -> list[str]:
    return [entry.split(" ")[0] for entry in requirements_for(REQUIREMENTS, TARGETS[target], python)]


def test_each_machine_and_python_gets_the_packages_its_markers_name() -> None:
    assert pins("linux-x86_64", "3.11") == ["numpy==2.4.6", "rich==15.0.0"]
    assert pins("linux-x86_64", "3.13") == ["numpy==2.5.5", "rich==15.0.0"]
    assert pins("windows-x86_64", "3.12") == ["numpy==2.5.5", "colorama==0.4.6", "rich==15.0.0"]
    assert pins("macos-arm64", "3.12") == ["numpy==2.5.5", "rich==15.0.0"]


def test_hashes_stay_with_their_pin() -> None:
    first = requirements_for(REQUIREMENTS, TARGETS["linux-x86_64"], "3.11")[0]
    assert first == "numpy==2.4.6 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb"


def test_every_real_pin_is_read_back(project_root: Path) -> None:
    text = (project_root / "requirements" / "dev.txt").read_text(encoding="utf-8")
    found = list(entries(text.splitlines()))
    assert len(found) == sum("==" in line and not line.startswith((" ", "#")) for line in text.splitlines())
    assert sum(len(hashes) for _, hashes in found) == text.count("--hash=sha256:")


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [
        ("Linux", "x86_64", "linux-x86_64"),
        ("Linux", "aarch64", "linux-aarch64"),
        ("Windows", "AMD64", "windows-x86_64"),
        ("Darwin", "arm64", "macos-arm64"),
    ],
)
def test_a_machine_knows_which_archive_is_its_own(system: str, machine: str, name: str) -> None:
    target = target_here(system, machine)
    assert target is not None
    assert target.name == name


def test_an_unknown_machine_has_none_and_is_told_how_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    assert target_here("SunOS", "sparc") is None
    monkeypatch.setattr(release.platform, "machine", lambda: "sparc")
    with pytest.raises(Trouble, match=r"run\.py pack --list"):
        chosen_targets(None)


def test_targets_may_be_named() -> None:
    assert [target.name for target in chosen_targets(["macos-arm64", "windows-x86_64"])] == [
        "macos-arm64",
        "windows-x86_64",
    ]


@pytest.mark.parametrize(("writer", "suffix"), [(write_tar, "tar.gz"), (write_zip, "zip")])
def test_the_same_content_gives_the_same_archive(tmp_path: Path, writer, suffix: str) -> None:
    script = tmp_path / "run.py"
    script.write_text("print('城市')")
    script.chmod(0o755)
    wheel = tmp_path / "a.whl"
    wheel.write_bytes(b"wheel")
    digests = set()
    for number in range(2):
        file = tmp_path / f"{number}.{suffix}"
        members = [("run.py", script), ("wheelhouse/a.whl", wheel), ("READ-FIRST.txt", "读".encode())]
        writer(file, "huancheng-1", members if number else members[::-1])
        digests.add(hashlib.sha256(file.read_bytes()).hexdigest())
    assert len(digests) == 1
    shutil.unpack_archive(file, tmp_path / "out")
    assert (tmp_path / "out" / "huancheng-1" / "run.py").read_text() == "print('城市')"


def test_a_script_stays_runnable_and_a_wheel_is_none(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.touch(0o755)
    wheel = tmp_path / "a.whl"
    wheel.touch(0o755)
    write_tar(tmp_path / "a.tar.gz", "top", [("run.py", script), ("a.whl", wheel), ("b.txt", b"")])
    with tarfile.open(tmp_path / "a.tar.gz") as opened:
        assert {entry.name: entry.mode for entry in opened} == {
            "top/run.py": 0o755,
            "top/a.whl": 0o644,
            "top/b.txt": 0o644,
        }


@pytest.fixture
def clone(tmp_path: Path) -> Places:
    """A git clone of three files, one of them ignored."""
    root = tmp_path / "clone"
    root.mkdir()
    (root / "pyproject.toml").write_text('[project]\nname = "huancheng"\nversion = "9.8.7"\n')
    (root / "run.py").touch()
    (root / "secret").touch()
    for words in (["init", "-q"], ["add", "pyproject.toml", "run.py"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return Places(root)


@pytest.mark.parametrize("name", ["linux-x86_64", "windows-x86_64"])
def test_an_archive_holds_the_projects_files_its_wheels_and_a_note(
    clone: Places, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fetched = []

    def fetch(_places: Places, _target: object, python: str, depth: str, wheelhouse: Path) -> None:
        fetched.append((python, depth))
        (wheelhouse / "pip-26.0-py3-none-any.whl").touch()

    def build(places: Places) -> None:
        (places.root / "src/huancheng/platform/common/static/built").mkdir(parents=True)
        (places.root / "src/huancheng/platform/common/static/built/main.css").touch()

    monkeypatch.setattr(archive, "build_assets", build)
    monkeypatch.setattr(archive, "download", fetch)
    monkeypatch.setattr(
        archive, "build_own_wheel", lambda _places, wheelhouse: (wheelhouse / "huancheng-9.8.7.whl").touch()
    )
    file = build_archive(clone, TARGETS[name], ["3.11", "3.12"], "dev")
    assert fetched == [("3.11", "dev"), ("3.12", "dev")]
    top = f"huancheng-9.8.7-{name}"
    assert file.name.startswith(top)
    assert names_in(file) == [
        f"{top}/READ-FIRST.txt",
        f"{top}/pyproject.toml",
        f"{top}/run.py",
        f"{top}/src/huancheng/platform/common/static/built/main.css",
        f"{top}/wheelhouse/huancheng-9.8.7.whl",
        f"{top}/wheelhouse/pip-26.0-py3-none-any.whl",
    ]


def names_in(file: Path) -> list[str]:
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as opened:
            return sorted(opened.namelist())
    with tarfile.open(file) as opened:
        return sorted(opened.getnames())


def test_packing_needs_to_know_which_files_belong_to_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1"\n')
    with pytest.raises(Trouble, match="git clone"):
        build_archive(Places(tmp_path), TARGETS["linux-x86_64"], ["3.11"], "run")


def test_the_version_is_the_projects_own(project_root: Path) -> None:
    from huancheng import __version__

    assert project_version(Places(project_root)) == __version__


class TestFetching:
    """Downloading for another machine."""

    @pytest.fixture
    def commands(self, clone: Places, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        clone.requirements.mkdir()
        clone.requirement_file("run").write_text(REQUIREMENTS)
        called: list[list[str]] = []

        def call(command: list[str | Path], **_more: object) -> int:
            called.append([str(word) for word in command])
            return 0

        monkeypatch.setattr(archive, "call", call)
        return called

    def test_every_wheel_is_checked_and_pip_comes_along(
        self, clone: Places, commands: list[list[str]], tmp_path: Path
    ) -> None:
        archive.download(clone, TARGETS["windows-x86_64"], "3.12", "run", tmp_path)
        first, second = commands
        assert "--require-hashes" in first
        assert first[first.index("--platform") + 1] == "win_amd64"
        assert first[first.index("--python-version") + 1] == "3.12"
        assert second[-1] == "pip"

    @pytest.mark.usefixtures("commands")
    def test_what_can_not_be_had_is_said(self, clone: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "call", lambda command, **_more: int(command[-1] == "pip"))
        with pytest.raises(Trouble, match="pip itself"):
            archive.download(clone, TARGETS["windows-x86_64"], "3.12", "run", tmp_path)
        monkeypatch.setattr(archive, "call", lambda _command, **_more: 1)
        with pytest.raises(Trouble, match="windows-x86_64"):
            archive.download(clone, TARGETS["windows-x86_64"], "3.12", "run", tmp_path)
        with pytest.raises(Trouble, match="own wheel"):
            archive.build_own_wheel(clone, tmp_path)

    def test_an_old_wheel_of_our_own_is_replaced(
        self, clone: Places, commands: list[list[str]], tmp_path: Path
    ) -> None:
        (tmp_path / "huancheng-0.0.1-py3-none-any.whl").touch()
        archive.build_own_wheel(clone, tmp_path)
        assert not list(tmp_path.glob("huancheng-*.whl"))
        assert "--no-build-isolation" in commands[0]


class TestTheCommands:
    """`pack` and `lock` as typed."""

    def test_platforms_can_be_listed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert pack(Places(tmp_path), ["--list"]) == 0
        assert all(name in capsys.readouterr().out for name in list(TARGETS)[:1])

    def test_each_platform_gets_its_archive(
        self, tmp_path: Path, monkeypatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        built = []

        def build(places: Places, target, pythons: list[str], depth: str) -> Path:
            built.append((target.name, pythons, depth))
            return places.root / "dist" / target.name

        monkeypatch.setattr(release, "ensure", lambda _places, _depth: None)
        monkeypatch.setattr(release, "build_archive", build)
        words = ["--platform", "macos-arm64", "--platform", "linux-x86_64", "--depth", "run"]
        assert pack(Places(tmp_path), words) == 0
        assert built == [("macos-arm64", [this_python()], "run"), ("linux-x86_64", [this_python()], "run")]
        assert capsys.readouterr().out == "dist/macos-arm64\ndist/linux-x86_64\n"

    def test_the_lock_needs_uv_and_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(release.shutil, "which", lambda _name: None)
        with pytest.raises(Trouble, match="pip install uv"):
            lock(Places(tmp_path), [])

    def test_the_lock_writes_pins_without_comments_of_the_tool(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def resolve(command: list[str], *, folder: Path) -> int:
            (folder / command[-1]).write_text("# by a tool\n" + REQUIREMENTS.rstrip("\n"))
            return 0

        monkeypatch.setattr(release.shutil, "which", lambda _name: "uv")
        monkeypatch.setattr(release, "call", resolve)
        assert lock(Places(tmp_path), ["--upgrade"]) == 0
        text = (tmp_path / "requirements" / "dev.txt").read_text()
        assert text.startswith("# Made by `python3 run.py lock`")
        assert "by a tool" not in text
        assert text.endswith("\n")
        assert (tmp_path / "requirements" / "assets.txt").is_file()

    def test_a_lock_that_names_a_host_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def resolve(command: list[str], *, folder: Path) -> int:
            (folder / command[-1]).write_text("a @ https://example.org/a.whl\n")
            return 0

        monkeypatch.setattr(release.shutil, "which", lambda _name: "uv")
        monkeypatch.setattr(release, "call", resolve)
        with pytest.raises(Trouble, match="names a host"):
            lock(Places(tmp_path), [])

    def test_a_lock_that_can_not_be_resolved_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(release.shutil, "which", lambda _name: "uv")
        monkeypatch.setattr(release, "call", lambda _command, **_more: 1)
        with pytest.raises(Trouble, match="could not resolve"):
            lock(Places(tmp_path), [])

    def test_what_users_get_is_taken_from_what_developers_get(self) -> None:
        assert "requirements/dev.txt" in lock_words("run")
        assert "--extra" not in lock_words("run")
        assert "--extra" in lock_words("dev")
        assert lock_words("assets")[-1] == "assets"
        for depth in ("run", "dev", "assets"):
            assert {"--generate-hashes", "--universal", "--no-emit-index-url"} <= set(lock_words(depth))
