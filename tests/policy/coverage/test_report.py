import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from huancheng.evidence import InputFault
from huancheng.policy.coverage import measure, read_results, recorder, write_page
from huancheng.policy.coverage.__main__ import main

RESULTS = {
    "tests/a.py::one": {"requirements": ["5.4-6", "7.1-3"], "outcome": "passed"},
    "tests/a.py::two": {"requirements": ["7.1-3"], "outcome": "failed"},
    "tests/a.py::three": {"requirements": ["9.9-9"], "outcome": "passed"},
    "tests/a.py::four": {"requirements": ["5.4-6"], "outcome": "passed"},
}


def test_a_requirement_is_proved_only_when_every_test_that_carries_it_passes(book):
    coverage = measure(book, RESULTS)
    assert coverage.proved == {"5.4-6": ("tests/a.py::one", "tests/a.py::four")}
    assert set(coverage.broken) == {"7.1-3"}
    assert set(coverage.unknown) == {"9.9-9"}
    assert len(coverage.open) == 162
    assert coverage.as_dict()["requirements"] == 164


def test_the_page_lists_every_requirement_with_its_proof_and_what_serves_it(book):
    page = write_page(book, measure(book, RESULTS))
    assert "1 of 164 requirements" in page
    assert "| proved (2) |" in page
    assert "broken: tests/a.py::two" in page
    assert "- 9.9-9: tests/a.py::three" in page
    assert all(f"| {name} |" in page for name in book.citations.requirements)
    assert "Ids the pack" not in write_page(book, measure(book, {}))


def test_the_page_marks_what_is_not_the_policys_own(book):
    lines = write_page(book, measure(book, {})).splitlines()
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in lines if line.startswith("| ")}
    own = [item for _, item in book.citations.requirements.values() if item.basis.value == "seed"]
    other = [item for _, item in book.citations.requirements.values() if item.basis.value != "seed"]
    assert "5.2-9" in {item.id for item in other}
    assert "| shall **our default, proposed** |" in rows["5.2-9"]
    assert all("**" in rows[item.id] and item.certainty.value in rows[item.id] for item in other)
    assert not any("**" in rows[item.id] for item in own)


def test_a_duty_of_a_law_is_marked_as_such(workshop):
    workshop.edit("liaocheng-2023/clauses.yaml", "- id: 6.5-3\n", "- id: 6.5-3\n    basis: law\n")
    book = workshop.book()
    row = next(line for line in write_page(book, measure(book, {})).splitlines() if line.startswith("| 6.5-3 |"))
    assert "**law, " in row


def test_without_results_the_cure_is_named(tmp_path):
    with pytest.raises(InputFault, match=r"run.py coverage"):
        read_results(tmp_path / "none.json")


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["alone", "in a worker"])
def test_the_recorder_notes_how_each_carrying_test_ended(tmp_path, workers):
    (tmp_path / "test_x.py").write_text(
        "import pytest\nrequirement = pytest.mark.requirement\n"
        "@requirement('1-1', '1-2')\ndef test_good(): pass\n"
        "@requirement('1-3')\ndef test_bad(): raise ValueError\n"
        "@requirement('1-4')\ndef test_skipped(): pytest.skip('no')\n"
        "def test_without(): pass\n",
        "utf-8",
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = requirement\n", "utf-8")
    target = tmp_path / "deep" / "results.json"
    without_django = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "huancheng.policy.coverage.recorder", *workers, str(tmp_path)],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env={**without_django, "HUANCHENG_REQUIREMENTS": str(target)},
    )
    results = json.loads(target.read_text("utf-8"))
    assert {name.split("::")[1]: entry["outcome"] for name, entry in results.items()} == {
        "test_good": "passed",
        "test_bad": "failed",
        "test_skipped": "skipped",
    }


class Item:
    """A collected test."""

    def __init__(self, nodeid, *ids):
        self.nodeid = nodeid
        self.ids = ids
        self.user_properties = []

    def iter_markers(self, _name):
        return [SimpleNamespace(args=self.ids)] if self.ids else []


def ended(item, when, outcome):
    flags = {name: name == outcome for name in ("passed", "failed", "skipped")}
    return SimpleNamespace(nodeid=item.nodeid, when=when, user_properties=item.user_properties, **flags)


def test_the_worst_phase_of_a_test_counts(tmp_path, monkeypatch):
    target = tmp_path / "results.json"
    monkeypatch.setattr(recorder, "_outcomes", {})
    monkeypatch.setenv(recorder.RESULTS_VARIABLE, str(target))
    items = {item.nodeid: item for item in (Item("good", "1-1"), Item("bad", "1-2", "1-3"), Item("late", "1-4"),
                                            Item("left", "1-5"), Item("idle", "1-6"), Item("bare"))}  # fmt: skip
    recorder.pytest_collection_modifyitems(items.values())
    reports = [("good", "setup", "passed"), ("good", "call", "passed"), ("good", "teardown", "passed"),
               ("bad", "call", "failed"), ("bad", "teardown", "skipped"), ("late", "call", "passed"),
               ("late", "teardown", "failed"), ("left", "setup", "skipped"), ("bare", "call", "passed")]  # fmt: skip
    for name, when, outcome in reports:
        recorder.pytest_runtest_logreport(ended(items[name], when, outcome))
    recorder.pytest_sessionfinish(SimpleNamespace(config=SimpleNamespace(workerinput={})))
    assert not target.exists()
    recorder.pytest_sessionfinish(SimpleNamespace(config=SimpleNamespace()))
    results = json.loads(target.read_text("utf-8"))
    assert {name: entry["outcome"] for name, entry in results.items()} == {
        "bad": "failed",
        "good": "passed",
        "idle": "not run",
        "late": "failed",
        "left": "skipped",
    }
    assert results["bad"]["requirements"] == ["1-2", "1-3"]


def test_the_command_counts_from_the_last_results_and_writes_the_page(tmp_path, monkeypatch, capsys):
    results, page = tmp_path / "r.json", tmp_path / "page.md"
    results.write_text(json.dumps(RESULTS), "utf-8")
    arguments = ["coverage", "--no-tests", "--results", str(results), "--page", str(page)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert main() == 1
    assert "1 of 164 requirements proved" in capsys.readouterr().out
    results.write_text(json.dumps({"t": {"requirements": ["5.4-6"], "outcome": "passed"}}), "utf-8")
    assert main() == 0
    assert page.read_text("utf-8").startswith("# Policy coverage")


def test_the_command_runs_the_tests_that_carry_requirements(tmp_path, monkeypatch):
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    (tmp_path / "test_x.py").write_text(
        "import pytest\n@pytest.mark.requirement('5.4-6')\ndef test_good(): pass\n", "utf-8"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = requirement\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["coverage", "--page", "page.md"])
    assert main() == 0
    assert "| proved (1) |" in (tmp_path / "page.md").read_text("utf-8")
