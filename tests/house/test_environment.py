"""The environment: made once, left alone while sound, mended when half made, moved or foreign."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from house import environment, install
from house.environment import (
    Stamp,
    can_make_pip,
    ensure,
    fault_of,
    interpreter_version,
    read_stamp,
    remove_tree,
    requirement_digests,
)
from house.link import PATH_FILE, WINDOWS_STARTER, link_project
from house.places import Places
from house.speech import Trouble


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A tiny project: a package that says its name, and requirement files that name nothing."""
    root = tmp_path / "项目 with a space"
    package = root / "src" / "huancheng"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    command = package / "cli"
    command.mkdir()
    (command / "__init__.py").write_text("")
    (command / "__main__.py").write_text("import sys; print('huancheng', *sys.argv[1:]); sys.exit(7)")
    (root / "requirements").mkdir()
    (root / "requirements" / "run.txt").write_text("# nothing\n")
    (root / "requirements" / "dev.txt").write_text("# nothing, for developers\n")
    return Places(root)


@pytest.fixture
def no_packages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Environments without pip and installs that install nothing; the list tells which were asked for."""
    asked: list[str] = []
    monkeypatch.setattr(environment, "install", lambda _places, depth: asked.append(depth))
    monkeypatch.setattr(environment, "installer_for", lambda _places: ["pip"])
    monkeypatch.setattr(environment.shutil, "which", lambda _name: "uv")
    return asked


def make_environment(places: Places) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", places.environment], check=True)


def test_the_first_call_makes_it_and_the_second_does_nothing(places: Places, no_packages: list[str]) -> None:
    ensure(places, "run")
    before = places.stamp.stat().st_mtime_ns
    ensure(places, "run")
    assert no_packages == ["run"]
    assert places.stamp.stat().st_mtime_ns == before


def test_what_developers_need_holds_what_the_program_needs(places: Places, no_packages: list[str]) -> None:
    ensure(places, "dev")
    ensure(places, "run")
    assert no_packages == ["dev"]


def test_developers_packages_come_on_top_when_first_asked_for(places: Places, no_packages: list[str]) -> None:
    ensure(places, "run")
    ensure(places, "dev")
    ensure(places, "dev")
    assert no_packages == ["run", "dev"]


def test_a_changed_requirement_file_is_installed_again_into_the_same_environment(
    places: Places, no_packages: list[str]
) -> None:
    ensure(places, "run")
    mark = places.environment / "mark"
    mark.touch()
    places.requirement_file("run").write_text("# something else\n")
    ensure(places, "run")
    assert no_packages == ["run", "run"]
    assert mark.exists()


def test_line_ends_are_no_change(places: Places) -> None:
    before = requirement_digests(places)
    places.requirement_file("run").write_bytes(b"# nothing\r\n")
    assert requirement_digests(places) == before


def test_an_install_that_failed_leaves_no_stamp(
    places: Places, monkeypatch: pytest.MonkeyPatch, no_packages: list[str]
) -> None:
    ensure(places, "run")

    def fail(_places: Places, _depth: str) -> None:
        raise Trouble("no network")

    monkeypatch.setattr(environment, "install", fail)
    with pytest.raises(Trouble):
        ensure(places, "dev")
    assert read_stamp(places.stamp) is None


def test_a_copy_without_requirement_files_is_no_whole_copy(places: Places) -> None:
    places.requirement_file("run").unlink()
    with pytest.raises(Trouble, match="is missing"):
        ensure(places, "run")


def test_a_half_made_environment_is_made_anew(
    places: Places, no_packages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    places.environment.mkdir()
    (places.environment / "pyvenv.cfg").write_text("home = nowhere\n")
    ensure(places, "run")
    assert "can't be used: its Python does not start" in capsys.readouterr().err
    assert interpreter_version(places) == sys.version_info[:2]


def test_a_folder_of_that_name_that_is_no_environment_is_made_anew(places: Places, no_packages: list[str]) -> None:
    places.environment.mkdir()
    assert fault_of(places) == "it is no virtual environment"
    ensure(places, "run")
    assert fault_of(places) == ""


def test_an_environment_whose_python_is_gone_is_made_anew(places: Places, no_packages: list[str]) -> None:
    ensure(places, "run")
    places.python.unlink()
    places.python.symlink_to(places.root / "gone")
    ensure(places, "run")
    assert no_packages == ["run", "run"]
    assert fault_of(places) == ""


def test_an_environment_made_for_another_python_is_made_anew(places: Places, no_packages: list[str]) -> None:
    ensure(places, "run")
    stamp = json.loads(places.stamp.read_text())
    places.stamp.write_text(json.dumps({**stamp, "python": "3.10"}))
    assert "it was made for Python 3.10" in fault_of(places)
    ensure(places, "run")
    assert read_stamp(places.stamp) == Stamp(
        f"{sys.version_info[0]}.{sys.version_info[1]}", {"run": requirement_digests(places)["run"]}
    )


def test_an_environment_with_an_old_python_can_not_be_used(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    make_environment(places)
    monkeypatch.setattr(environment, "interpreter_version", lambda _places: (3, 9))
    assert fault_of(places) == "its Python is 3.9"


def test_a_python_that_is_not_the_environments_own_is_noticed(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    make_environment(places)
    monkeypatch.setattr(environment, "answer", lambda *_words, **_more: None)
    monkeypatch.setattr(environment, "interpreter_version", lambda _places: sys.version_info[:2])
    assert "does not know that it belongs" in fault_of(places)


def test_a_sound_environment_made_by_somebody_else_is_used_and_kept(places: Places, no_packages: list[str]) -> None:
    make_environment(places)
    mark = places.environment / "mine"
    mark.touch()
    ensure(places, "run")
    assert mark.exists()
    assert no_packages == ["run"]


def test_where_debian_has_split_off_venv_the_package_is_named(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.shutil, "which", lambda _name: None)
    monkeypatch.setattr(environment, "can_make_pip", lambda: False)
    with pytest.raises(Trouble, match="apt-get install python3-venv"):
        ensure(places, "run")
    assert not places.environment.exists()


def test_an_environment_that_could_not_be_finished_is_taken_away(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(command: list[str | Path], *, folder: Path) -> int:
        assert folder == places.root
        Path(command[-1]).mkdir()
        return 1

    monkeypatch.setattr(environment, "call", half)
    with pytest.raises(Trouble, match="can't make virtual environments"):
        ensure(places, "run")
    assert not places.environment.exists()


def test_without_ensurepip_no_pip_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert can_make_pip() is False


@pytest.mark.parametrize("text", ["", "{", "[]", '{"python": "3.11"}', '{"python": "3.11", "installed": 4}'])
def test_a_damaged_stamp_is_no_stamp(tmp_path: Path, text: str) -> None:
    file = tmp_path / "stamp.json"
    file.write_text(text)
    assert read_stamp(file) is None


def test_an_empty_digest_never_counts_as_installed() -> None:
    assert not Stamp("3.11", {"run": ""}).holds("run", {"run": "", "dev": ""})


def test_deleting_takes_read_only_files_and_spares_what_a_link_points_to(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    link = tmp_path / "link"
    link.symlink_to(kept)
    remove_tree(link)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file").touch(mode=0o400)
    folder.chmod(0o500)
    remove_tree(folder)
    remove_tree(tmp_path / "never there")
    assert kept.is_dir()
    assert not folder.exists()


def test_what_cannot_be_deleted_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(environment.shutil, "rmtree", refuse)
    with pytest.raises(Trouble, match="Permission denied"):
        remove_tree(tmp_path)


def test_the_project_is_used_from_its_own_folder_by_import_and_by_command(places: Places) -> None:
    make_environment(places)
    link_project(places)
    asked = [places.python, "-c", "import huancheng; print(huancheng.__file__)"]
    found = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    assert Path(found.stdout.strip()).resolve() == (places.root / "src" / "huancheng" / "__init__.py").resolve()
    done = subprocess.run(
        [places.scripts / "huancheng", "城市", "two words"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (7, "huancheng 城市 two words\n")


def test_the_project_may_be_moved(places: Places) -> None:
    make_environment(places)
    link_project(places)
    moved = Places(places.root.rename(places.root.with_name("moved")))
    done = subprocess.run([moved.scripts / "huancheng"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 7


def test_windows_gets_a_command_file(places: Places) -> None:
    make_environment(places)
    (places.environment / "Scripts").mkdir()
    (places.environment / "Scripts" / "python.exe").symlink_to(places.python)
    windows = Places(places.root, windows=True)
    link_project(windows)
    assert (windows.scripts / "huancheng.cmd").read_bytes().decode() == WINDOWS_STARTER
    assert list(places.environment.rglob(PATH_FILE))


def test_a_broken_python_can_not_be_linked_to(places: Places) -> None:
    with pytest.raises(Trouble, match="does not start"):
        link_project(places)


class TestInstalling:
    """Which installer is called, and with what words."""

    def test_every_way_checks_hashes_and_takes_only_built_packages(self, places: Places) -> None:
        for installer in (["uv", "pip"], ["python", "-m", "pip"]):
            command = install.install_command(places, "run", installer)
            assert "--require-hashes" in command
            assert command[command.index("--only-binary") + 1] == ":all:"
            assert str(places.requirement_file("run")) in command

    def test_a_wheelhouse_shuts_the_network_out(self, places: Places) -> None:
        places.wheelhouse.mkdir()
        (places.wheelhouse / "pip-26.0-py3-none-any.whl").touch()
        installer = install.installer_for(places)
        assert installer is not None
        assert installer[-1] == str(places.wheelhouse / "pip-26.0-py3-none-any.whl" / "pip")
        command = install.install_command(places, "dev", installer)
        assert command[len(installer)] == "--isolated"
        assert "--no-index" in command
        assert command[command.index("--find-links") + 1] == str(places.wheelhouse)

    def test_uv_is_taken_where_it_is(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(install.shutil, "which", lambda _name: "/opt/bin/uv")
        assert install.installer_for(places) == ["/opt/bin/uv", "pip"]

    def test_pip_is_taken_where_the_environment_has_it(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(install.shutil, "which", lambda _name: None)
        make_environment(places)
        assert install.installer_for(places) is None
        monkeypatch.setattr(install, "answer", lambda *_words, **_more: "pip 26.0")
        assert install.installer_for(places) == [str(places.python), "-m", "pip"]

    def test_nothing_is_installed_without_an_installer(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(install, "installer_for", lambda _places: None)
        with pytest.raises(Trouble, match="neither pip nor uv"):
            install.install(places, "run")

    def test_a_full_disk_is_noticed_before_anything_is_fetched(
        self, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_environment(places)
        monkeypatch.setattr(install, "installer_for", lambda _places: ["pip"])
        usage = install.shutil.disk_usage(places.root)
        monkeypatch.setattr(install.shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
        with pytest.raises(Trouble, match=r"the disk has 0\.0 GB left"):
            install.install(places, "run")

    def test_where_uv_fails_pip_is_tried(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        make_environment(places)
        tried: list[list[str]] = []
        called: list[list[str | Path]] = []

        def call(command: list[str | Path], **_more: object) -> int:
            called.append(command)
            return 1

        monkeypatch.setattr(install, "installer_for", lambda _places: ["/opt/bin/uv", "pip"])
        monkeypatch.setattr(install, "call", call)
        monkeypatch.setattr(install, "answer", lambda *_words, **_more: None)
        monkeypatch.setattr(install, "_run_pip", lambda _places, command, _number: tried.append(command))
        install.install(places, "run")
        assert "ensurepip" in called[1]
        assert tried[0][:3] == [str(places.python), "-m", "pip"]

    def test_uv_that_manages_is_enough(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        make_environment(places)
        monkeypatch.setattr(install, "installer_for", lambda _places: ["/opt/bin/uv", "pip"])
        monkeypatch.setattr(install, "call", lambda _command, **_more: 0)
        monkeypatch.setattr(install, "_run_pip", lambda *_words: pytest.fail("pip was called"))
        install.install(places, "run")

    def test_a_failure_ends_with_pips_own_words_and_a_cure(self, places: Places) -> None:
        script = (
            "print('Collecting numpy'); print('ERROR: No matching distribution found for numpy'); raise SystemExit(1)"
        )
        with pytest.raises(Trouble, match="No matching distribution") as caught:
            install._run_pip(places, [sys.executable, "-c", script], 1)
        assert "64-bit Linux, Windows and macOS" in caught.value.cure

    def test_progress_is_told_now_and_then(self, capsys: pytest.CaptureFixture[str]) -> None:
        lines = [*(f"Collecting package{number}" for number in range(40)), "", "Installing collected packages: a"]
        assert install.follow(lines, 45)[-1] == "Installing collected packages: a"
        error = capsys.readouterr().err
        assert "20 of about 45" in error
        assert "40 of about 45" in error
        assert "unpacking" in error

    @pytest.mark.parametrize(
        ("complaint", "cure"),
        [
            ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "do not install it"),
            ("ERROR: No matching distribution found for numba==0.68.1", "64-bit"),
            ("ERROR: Could not install: No space left on device", "disk is full"),
            ("ReadTimeoutError", "packed archive"),
        ],
    )
    def test_each_complaint_has_its_cure(self, complaint: str, cure: str) -> None:
        assert cure in install.cure_for([complaint])

    def test_packages_are_counted_once_though_pinned_twice(self) -> None:
        lines = [
            "# a==1",
            "numpy==2.4 ; python_full_version < '3.12' \\",
            "    --hash=sha256:aa",
            "numpy==2.5 \\",
            "rich==15 \\",
        ]
        assert install.count_requirements(lines) == 2
