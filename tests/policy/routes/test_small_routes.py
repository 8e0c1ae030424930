"""Corners of routes that no shipped pack has."""

from datetime import date

import pytest
from toy import write_toy

from huancheng.policy.asking import route_case
from huancheng.policy.book import load_book
from huancheng.policy.pack import PackFault
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


LIMITS = "envelope: {basis: default, certainty: proposed}\nentries:\n- {id: limit, title: 时限, value: 7}\n"


def test_a_time_may_be_taken_from_a_parameter(tmp_path):
    timed = ROUTE.replace("kind: approve, body: office,", "kind: approve, body: office, days: {parameter: limit},")
    folder = write_toy(tmp_path, routes=timed, instruments=HEAD + "- {id: paper, title: 文书, scope: project}\n",
                       parameters=LIMITS)  # fmt: skip
    assert [step.days for step in load_book(folder, root=tmp_path).routes["r1"].steps] == [None, None, 7]


def test_a_time_taken_from_no_parameter_is_refused_at_its_line(tmp_path):
    timed = ROUTE.replace("kind: approve, body: office,", "kind: approve, body: office, days: {parameter: nothing},")
    folder = write_toy(tmp_path, routes=timed, parameters=LIMITS)
    with pytest.raises(PackFault, match="no parameter 'nothing' — add it") as caught:
        load_book(folder, root=tmp_path)
    assert caught.value.row == "9"


@pytest.mark.parametrize(("parameter", "kind"), [("filing_days", "file"), ("review_days", "review")])
def test_a_child_pack_that_overrides_a_time_changes_every_step_that_takes_it(workshop, parameter, kind):
    before = workshop.book()
    workshop.write("child/pack.yaml", "id: child\ntitle: 某市\nparent: liaocheng-2023\nversion: '1'\n"
                                      "effective_from: 2024-01-01\n")  # fmt: skip
    change = f"{{entry: {parameter}, kind: override, reason: 本市, set: {{value: 3}}}}"
    workshop.write("child/parameters.yaml", f"changes:\n- {change}\n")
    after = workshop.book("child")
    changed = {(route.id, step.id) for route in after.routes for step in route.steps
               if step.days != before.routes[route.id].step(step.id).days}  # fmt: skip
    assert len(changed) > 8
    assert all(after.routes[route].step(step).kind.value == kind for route, step in changed)
    assert all(after.routes[route].step(step).days == 3 for route, step in changed)


def test_a_step_the_route_does_not_have_is_no_step(book):
    with pytest.raises(KeyError, match="moon"):
        book.routes["r1"].step("moon")
