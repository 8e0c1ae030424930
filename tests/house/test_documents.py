"""The docs are in step with their sources, and every link leads somewhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from house import documents, tables
from house.documents import renew
from house.links import anchors, broken_links, fault_of_link, links
from house.places import Places
from house.tables import TABLES, markdown_pages, markdown_table
from huancheng.city.build.mapping import Mapping


def test_every_link_of_every_page_leads_somewhere(project_root: Path) -> None:
    assert broken_links(project_root, markdown_pages(project_root)) == []


def test_every_page_can_be_reached_from_the_readme(project_root: Path) -> None:
    reached, ahead = set(), [project_root / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        targets = [target.partition("#")[0] for _, target in links(page.read_text(encoding="utf-8"))]
        ahead += [found for target in targets if (found := (page.parent / target).resolve()).is_file()]
    pages = set((project_root / "docs").rglob("*.md"))
    assert sorted(page.relative_to(project_root).as_posix() for page in pages - reached) == []


def test_every_generated_table_is_in_step(project_root: Path) -> None:
    stale = [
        page.name
        for page in markdown_pages(project_root)
        if renew(text := page.read_text(encoding="utf-8"), TABLES) != text
    ]
    assert stale == [], "run: python3 run.py docs"


def test_every_decision_has_its_four_parts_and_a_state(project_root: Path) -> None:
    for page in sorted((project_root / "docs" / "decisions").glob("[0-9]*.md")):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        assert "\nStatus: " in text, page.name
        for heading in ("Context", "Decision", "Consequences", "What would make us think again"):
            assert f"\n## {heading}\n" in text, f"{page.name}: {heading}"


def test_every_mapping_shown_to_an_analyst_is_one_that_the_program_takes(project_root: Path) -> None:
    page = (project_root / "docs" / "analyst" / "bring-your-own-city.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert shown
    for text in shown:
        mapping = Mapping.model_validate(tomllib.loads(text))
        assert mapping.source


def test_a_table_is_made_between_its_marks_and_only_there() -> None:
    page = "before\n<!-- table: two -->\nold | stuff\n<!-- end of table -->\nafter\n"
    fresh = renew(page, {"two": lambda: "| new |"})
    assert fresh == "before\n<!-- table: two -->\n\n| new |\n\n<!-- end of table -->\nafter\n"
    assert renew(fresh, {"two": lambda: "| new |"}) == fresh


def test_a_table_that_nobody_makes_is_refused() -> None:
    with pytest.raises(KeyError, match="no table 'three'"):
        renew("<!-- table: three -->\n<!-- end of table -->\n", {"two": str})


def test_bars_in_cells_do_not_break_a_table() -> None:
    assert markdown_table(("a",), [("x|y",), (3,)]) == "| a |\n| --- |\n| x\\|y |\n| 3 |"


@pytest.mark.parametrize("name", list(TABLES))
def test_each_table_has_a_head_and_rows(name: str) -> None:
    lines = [line for line in TABLES[name]().splitlines() if line.startswith("|")]
    assert lines[1].startswith("| ---")


def test_the_newest_result_of_a_benchmark_is_shown_and_unknown_is_not_a_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "benchmarks" / "results"
    folder.mkdir(parents=True)
    for day, measured, met in (("2026-01-01", 2.0, False), ("2026-02-01", 31.25, True)):
        bars = [
            {"what": "ratio", "measured": measured, "bar": 30.0, "met": met},
            {"what": "peer", "measured": None, "bar": 2, "met": None, "note": "not installed"},
        ]
        document = {"benchmark": "access", "date": day, "bars": bars}
        (folder / f"{day}-access.json").write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setattr(tables.Places, "here", classmethod(lambda _cls: Places(tmp_path)))
    text = tables.results()
    assert "| access | ratio | 31.25 | 30 | yes | 2026-02-01 |" in text
    assert "| access | peer | – | 2 | not known (not installed) | 2026-02-01 |" in text
    assert "2026-01-01" not in text


class TestLinks:
    """What counts as a link, and what is wrong with it."""

    def test_links_in_code_are_no_links(self) -> None:
        text = '[a](one.md) `[b](two.md)`\n```\n[c](three.md)\n```\n![d](<four.png> "title")\n'
        assert list(links(text)) == [(1, "one.md"), (5, "four.png")]

    def test_anchors_are_made_as_hosting_sites_make_them(self) -> None:
        text = "# What: it *does*, 城市体检\n## Again\n## Again\n```\n# no heading\n```\n"
        assert anchors(text) == {"what-it-does-城市体检", "again", "again-1"}

    @pytest.mark.parametrize(
        ("target", "fault"),
        [
            ("other.md", ""),
            ("other.md#here-it-is", ""),
            ("#top", ""),
            ("https://example.org/x", ""),
            ("mailto:someone", ""),
            ("missing.md", "no such file"),
            ("other.md#elsewhere", "no such heading"),
            ("../../out.md", "leads out of the project"),
        ],
    )
    def test_faults(self, tmp_path: Path, target: str, fault: str) -> None:
        page = tmp_path / "page.md"
        page.write_text("# Top\n", encoding="utf-8")
        (tmp_path / "other.md").write_text("# Here it is\n", encoding="utf-8")
        assert fault_of_link(tmp_path, page, target) == fault

    def test_a_broken_link_is_named_with_page_and_line(self, tmp_path: Path) -> None:
        page = tmp_path / "page.md"
        page.write_text("fine\n[gone](gone.md)\n", encoding="utf-8")
        assert broken_links(tmp_path, [page]) == ["page.md:2: gone.md: no such file"]


class TestTheCommand:
    """`run.py docs` as a whole, on a project of one page."""

    @pytest.fixture
    def page(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        page = tmp_path / "README.md"
        page.write_text("<!-- table: run.py -->\n<!-- end of table -->\n", encoding="utf-8")
        monkeypatch.setattr(documents.Places, "here", classmethod(lambda _cls: Places(tmp_path)))
        return page

    def test_checking_changes_nothing_and_finds_the_stale_page(
        self, page: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = page.read_text(encoding="utf-8")
        assert documents.main(["--check"]) == 1
        assert page.read_text(encoding="utf-8") == before
        assert "README.md is out of step" in capsys.readouterr().err

    def test_renewing_puts_it_in_step(self, page: Path) -> None:
        assert documents.main([]) == 0
        assert "| `demo` |" in page.read_text(encoding="utf-8")
        assert documents.main(["--check"]) == 0

    def test_a_broken_link_is_a_fault(self, page: Path) -> None:
        page.write_text("[gone](gone.md)\n", encoding="utf-8")
        assert documents.main([]) == 1
