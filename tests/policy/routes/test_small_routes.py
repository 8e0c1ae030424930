"""Corners of routes that no shipped pack has."""

from datetime import date

import pytest
from toy import write_toy

from huancheng.policy.asking import route_case
from huancheng.policy.book import load_book
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.interpret import Interpreter

DAY = date(2024, 5, 6)
HEAD = "envelope: {basis: law, certainty: read}\nentries:\n"
ROUTE = (
    HEAD
    + """- id: r1
  title: 路线
  instrument: paper
  steps:
  - {id: make, kind: compile, body: office}
  - {id: tell, kind: file, body: office, holds: false}
  - {id: say, kind: approve, body: office, gate: true}
"""
)


@pytest.fixture
def book(tmp_path):
    folder = write_toy(
        tmp_path,
        routes=ROUTE,
        instruments=HEAD + "- {id: paper, title: 文书, scope: project}\n",
        jurisdictions=HEAD + "- {id: town, title: 某县, kind: county, central: false}\n",
    )
    return load_book(folder, root=tmp_path)


def test_a_filing_that_holds_nothing_lets_the_next_step_begin_with_it(book):
    interpreter = Interpreter(book)
    state = interpreter.fold([interpreter.open("文书", "某县", DAY), Event(EventKind.COMPLETED, DAY, "make")])
    assert {name: step.status.value for name, step in state.steps.items()} == {
        "make": "done",
        "tell": "ready",
        "say": "ready",
    }


def test_a_step_that_cites_nothing_has_no_clause(book):
    assert [step["clause"] for step in route_case(book, "文书", "某县", {})["steps"]] == ["", "", ""]


def test_a_step_the_route_does_not_have_is_no_step(book):
    with pytest.raises(KeyError, match="moon"):
        book.routes["r1"].step("moon")
