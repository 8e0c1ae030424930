"""Every transition × role, from the packs: who may do what in which state, and that everybody else is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Case, DecisionRecord, Subject
from huancheng.platform.casework.rules import may, rights
from huancheng.policy.book import PolicyBook, load_book
from huancheng.policy.pack import packs_root
from huancheng.policy.routes.interpret import Interpreter
from huancheng.policy.routes.state import CaseState
from tests.platform.casework.rights_statement import (
    CARRIES_OUT,
    OUTSIDE_CASES,
    ROLES,
    SEE_ALL,
    SEE_ASSIGNED,
    STATEMENT,
    Said,
)
from tests.platform.casework.route_walks import states_of

SECOND_CITY = Path(__file__).parents[2] / "policy/second_city/yunling"
PACKS = {"example-city": "example-city", "liaocheng-2023": "liaocheng-2023", "yunling": SECOND_CITY}
CLERK, OTHER, EXPERT = 7001, 7002, 7003


def book_of(name: str) -> PolicyBook:
    """Return a pack's book; read once."""
    return load_book(PACKS[name], root=packs_root())


ROUTES = [(name, route.id) for name in PACKS for route in book_of(name).routes]


@dataclass
class Town:
    """The bodies that a pack names for a jurisdiction, numbered, with whom they act through; no database."""

    bodies: dict[str, Body]

    @classmethod
    def of(cls, book: PolicyBook, jurisdiction: str) -> Town:
        """Make the bodies of a place."""
        place = book.jurisdictions[jurisdiction]
        found: dict[str, Body] = {}
        through: dict[str, str] = {}
        entries = [*book.roles, *book.bodies]
        for number, entry in enumerate(entries, start=1):
            resolved = book.body(entry.id, place)
            if resolved is None or (resolved.name in found and entry.id in book.roles):
                continue
            kind = "outside" if entry.level and entry.level.value == "outside" else entry.seat.value
            level = entry.level.value if entry.level else ""
            found[resolved.name] = Body(pk=number, name=resolved.name, reference=entry.id, kind=kind, level=level)
            if entry.acts_through:
                through[resolved.name] = book.body(entry.acts_through, place).name
        for name, target in through.items():
            if target in found and target != name:
                found[name].acts_through = found[target]
        return cls(found)


def standing_in(
    interpreter: Interpreter, state: CaseState, town: Town, opener: Body, *, recorded: str = ""
) -> CaseStanding:
    """Return a case in a state, opened by a body; `recorded` is a step with a decision that waits to be checked."""
    place = state.jurisdiction
    subject = Subject(pk=1, kind="unit", key="1", title="对象", jurisdiction=place)
    case = Case(pk=1, opened_by=opener, subject=subject, jurisdiction=place, instrument="x")
    standing = CaseStanding(case, interpreter, state, dict(town.bodies))
    standing.__dict__["bodies_with_sight"] = frozenset({opener.pk, 9001})
    standing.__dict__["persons_with_sight"] = frozenset({EXPERT})
    standing.__dict__["pending"] = {recorded: DecisionRecord(step=recorded, entered_by_id=CLERK)} if recorded else {}
    return standing


def stays_outside(body: Body) -> bool:
    return body.kind in {"outside", "entity"} or body.level in {"province", "nation"}


def through(standing: CaseStanding, town: Town, number: int) -> Body | None:
    """Return who records for a step: whom it acts through by the pack, else who asks it or receives its papers."""
    steps = standing.plan.steps
    body = town.bodies[steps[number].body.name]
    if body.acts_through_id:
        return body.acts_through
    if not stays_outside(body):
        return None
    around = [*steps[:number][::-1], *(item for item in steps[number + 1 :] if not item.step.optional)]
    for item in around:
        other = town.bodies[item.body.name]
        if not stays_outside(other):
            return other.acts_through or other
    return None


def authors(standing: CaseStanding, town: Town, number: int) -> set[int]:
    """Return who corrects what a step examines: who compiled it, else who submitted it, and who records for them."""
    before = [(index, item.step.kind.value) for index, item in enumerate(standing.plan.steps[:number])]
    written = [index for index, kind in before if kind == "compile"] or [i for i, kind in before if kind == "submit"]
    if not written:
        return set()
    recorder = through(standing, town, written[-1])
    return {town.bodies[standing.plan.steps[written[-1]].body.name].pk} | ({recorder.pk} if recorder else set())


def relations(standing: CaseStanding, town: Town, body: int, role: str, person: int, numbers: list[int]) -> set[str]:
    """Return how a body stands to steps of the case."""
    steps = standing.plan.steps
    found = set()
    for number in numbers:
        planned = steps[number]
        found |= {"step"} if town.bodies[planned.body.name].pk == body else set()
        recorder = through(standing, town, number)
        found |= {"through"} if recorder is not None and recorder.pk == body else set()
        found |= {"author"} if body in authors(standing, town, number) else set()
        found |= {"sender"} if planned.sender and town.bodies[planned.sender.name].pk == body else set()
    found |= {"opener"} if body == standing.case.opened_by_id else set()
    office = town.bodies.get("市专班办公室")
    found |= {"office"} if office is not None and office.pk == body else set()
    if role in SEE_ASSIGNED:
        found |= {"sight"} if person == EXPERT else set()
    elif role in SEE_ALL or body in {standing.case.opened_by_id, 9001}:
        found.add("sight")
    return found


def stands_right(said: Said, standing: CaseStanding, number: int | None) -> bool:
    """Whether the statement lets the act be done where the case and the step stand, by whomever."""
    state = standing.state
    if said.steps is None:
        return said.cases is None or state.status.value in said.cases
    if number is None or state.status.value != "open":
        return False
    planned = standing.plan.steps[number]
    step, status = planned.step, state.steps[planned.step.id].status.value
    if status not in said.steps or (said.kinds is not None and step.kind.value not in said.kinds):
        return False
    stopped = any(item.status.value == "stopped" for item in state.steps.values())
    return {
        "": True,
        "written": status == "ready" or stopped,
        "recorded": step.id in standing.pending,
        "nothing recorded": step.id not in standing.pending,
        "later": number > 0 and step.kind.value != "implement",
        "optional": step.optional,
        "silence": step.silence == "no_objection",
    }[said.only]


def expected(act: str, standing: CaseStanding, town: Town, number: int | None, acting: Acting) -> bool:
    """Return what the statement says."""
    body, role, person = acting.body, acting.role, acting.person
    said = STATEMENT[act]
    if not stands_right(said, standing, number):
        return False
    kind = standing.plan.steps[number].step.kind.value if number is not None else ""
    roles = said.roles if said.roles is not None else CARRIES_OUT[kind]
    if role not in roles or (act == "confirm_record" and person == CLERK):
        return False
    running = [
        index
        for index, item in enumerate(standing.plan.steps)
        if standing.state.steps[item.step.id].status.value in {"ready", "waiting", "stopped"}
    ]
    numbers = [number] if number is not None else running
    at = said.at | ({"through"} if kind in said.also_through else set())
    return bool(at & relations(standing, town, body, role, person, numbers))


def people(standing: CaseStanding, town: Town, number: int | None) -> dict[int, str]:
    """Return the bodies worth asking for: all that stand in some relation, one that only sees, one that does not."""
    found = {item.pk: item.name for item in town.bodies.values() if item.name == "市专班办公室"}
    wanted = range(len(standing.plan.steps)) if number is None else [number]
    for index in wanted:
        planned = standing.plan.steps[index]
        bodies = [town.bodies[planned.body.name], through(standing, town, index)]
        bodies += [town.bodies[planned.sender.name]] if planned.sender else []
        found |= {body.pk: body.name for body in bodies if body is not None}
        wrote = authors(standing, town, index)
        found |= {body.pk: body.name for body in town.bodies.values() if body.pk in wrote}
    found[standing.case.opened_by_id] = standing.case.opened_by.name
    return found | {9001: "只看得到的单位", 9002: "看不到的单位"}


def who_asks(said: Said, standing: CaseStanding, town: Town, number: int | None, act: str) -> Iterator[Acting]:
    """Yield the people worth asking for an act: each role in each body that stands in a relation, and outside all.

    A role that the statement does not name is asked for in the step's body and the opener's only: nowhere has it more.
    """
    kind = standing.plan.steps[number].step.kind.value if number is not None else ""
    roles = said.roles if said.roles is not None else CARRIES_OUT[kind]
    bodies = people(standing, town, number)
    references = {item.pk: item.reference for item in town.bodies.values()}
    near = {standing.case.opened_by_id, town.bodies[standing.plan.steps[number or 0].body.name].pk}
    for role in sorted(ROLES):
        for body in bodies if role in roles else near:
            persons = [OTHER, EXPERT] if role == "expert" else [OTHER, CLERK] if act == "confirm_record" else [OTHER]
            for person in persons:
                yield Acting(person, body, role, bodies[body], reference=references.get(body, ""))


@pytest.mark.parametrize(("pack", "route"), ROUTES, ids=[f"{pack}-{route}" for pack, route in ROUTES])
def test_every_act_in_every_state_is_open_to_those_the_statement_names_and_to_nobody_else(pack, route):
    interpreter = Interpreter(book_of(pack))
    checked = granted = 0
    for name, state in states_of(interpreter, book_of(pack).routes[route]):
        town = Town.of(book_of(pack), state.jurisdiction)
        opener = town.bodies[interpreter.plan(state).steps[0].body.name]
        recorded = name.removesuffix(" ready") if name.endswith(" ready") else ""
        for standing in [standing_in(interpreter, state, town, opener, recorded=step) for step in {"", recorded}]:
            for act, said in STATEMENT.items():
                for number in range(len(standing.plan.steps)) if said.steps is not None else [None]:
                    step = standing.plan.steps[number].step.id if number is not None else ""
                    if not stands_right(said, standing, number):
                        acting = Acting(
                            OTHER, town.bodies[standing.plan.steps[number or 0].body.name].pk, "officer", "市专班办公室"
                        )
                        assert not may(acting, act, standing, step), f"{name}: {act} {step} must wait"
                        checked += 1
                        continue
                    for acting in who_asks(said, standing, town, number, act):
                        wanted = expected(act, standing, town, number, acting)
                        assert may(acting, act, standing, step) is wanted, (
                            f"{name}: {acting.role} of {acting.body_name} {'may' if wanted else 'may not'} {act} {step}"
                        )
                        checked += 1
                        granted += wanted
    assert checked > 500
    assert granted > 20


def test_the_statement_names_every_act_and_role_of_the_packs():
    for name in PACKS:
        posts = book_of(name).posts
        assert {act.id for act in posts.acts} - OUTSIDE_CASES == set(STATEMENT)
        assert {role.id for role in posts.roles} == ROLES


def test_nobody_without_a_post_and_no_unknown_role_may_anything():
    interpreter = Interpreter(book_of("example-city"))
    for _, state in states_of(interpreter, book_of("example-city").routes["unit-plan-other"]):
        town = Town.of(book_of("example-city"), state.jurisdiction)
        standing = standing_in(interpreter, state, town, town.bodies["临河县人民政府"])
        assert rights(Acting(1), standing) == []
        assert rights(Acting(1, town.bodies["临河县人民政府"].pk, "emperor", "临河县人民政府"), standing) == []
        assert rights(Acting(1, None, "officer", "市专班办公室"), standing) == []


def test_a_decision_is_not_checked_by_who_entered_it_nor_by_who_acts_for_them():
    interpreter = Interpreter(book_of("example-city"))
    state = next(
        state
        for name, state in states_of(interpreter, book_of("example-city").routes["unit-plan-other"])
        if name == "approve ready"
    )
    town = Town.of(book_of("example-city"), state.jurisdiction)
    standing = standing_in(interpreter, state, town, town.bodies["临河县人民政府"], recorded="approve")
    standing.pending["approve"].entered_on_behalf_of = 7010
    office = town.bodies["临河县城市更新工作专班"]
    by = {
        "another clerk": Acting(OTHER, office.pk, "clerk", office.name),
        "the clerk": Acting(CLERK, office.pk, "clerk", office.name),
        "the clerk by delegation": Acting(CLERK, office.pk, "clerk", office.name, on_behalf_of=OTHER),
        "for the clerk": Acting(OTHER, office.pk, "clerk", office.name, on_behalf_of=CLERK),
        "in whose stead it was entered": Acting(7010, office.pk, "clerk", office.name),
    }
    assert {who: may(acting, "confirm_record", standing, "approve") for who, acting in by.items()} == {
        "another clerk": True,
        "the clerk": False,
        "the clerk by delegation": False,
        "for the clerk": False,
        "in whose stead it was entered": False,
    }


def test_a_step_the_route_does_not_have_gives_no_right():
    interpreter = Interpreter(book_of("example-city"))
    _, state = next(states_of(interpreter, book_of("example-city").routes["unit-plan-other"]))
    town = Town.of(book_of("example-city"), state.jurisdiction)
    standing = standing_in(interpreter, state, town, town.bodies["临河县人民政府"])
    acting = Acting(1, town.bodies["临河县人民政府"].pk, "approver", "临河县人民政府")
    assert not may(acting, "complete", standing, "nowhere")
    assert not may(acting, "complete", standing)
