"""A thousand simulated cases over three versions of the pack give the same states and answers for ever."""

import json
import random
from datetime import date, timedelta

import pytest
from random_cases import random_case

from huancheng.evidence import InputFault
from huancheng.policy.book import load_book
from huancheng.policy.pack import load_pack
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.interpret import Interpreter, RouteFault
from huancheng.policy.routes.state import CaseStatus, StepStatus
from huancheng.policy.versions import Archive, record_decision, replays

CASES = 1_000

PUBLISHED = """- id: calendar-2027
  source: 国办发明电〔2026〕9号（虚构）
  certainty: proposed
  year: 2027
  published: true
  known_from: 2026-11-05
  days_off: [2027-01-01, 2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11, 2027-02-12]
  working_weekends: [2027-01-31, 2027-02-20]
"""


@pytest.fixture
def three_versions(workshop, tmp_path):
    """The pack, the pack with shorter reviews and another local reviewer, and that with the calendar of 2027."""
    archive = Archive(tmp_path / "archive")
    digests = [archive.keep(load_pack("liaocheng-2023", root=workshop.folder))]
    workshop.edit(
        "liaocheng-2023/routes/projects.yaml",
        "gate: true, days: {parameter: review_days}, cites: [5.4-6]",
        "gate: true, days: 10, cites: [5.4-6]",
    )
    workshop.edit("liaocheng-2023/parameters.yaml", "value: 0.1\n", "value: 0.2\n")
    digests.append(archive.keep(load_pack("liaocheng-2023", root=workshop.folder)))
    path = workshop.folder / "national/calendar.yaml"
    path.write_text(path.read_text("utf-8") + PUBLISHED, "utf-8")
    digests.append(archive.keep(load_pack("liaocheng-2023", root=workshop.folder)))
    assert len(set(digests)) == 3
    return archive, digests


def simulate(interpreter, chance):
    """Play one case at random to some point; returns its events and its deadlines as they were seen."""
    book = interpreter.book
    instrument = chance.choice(list(book.instruments.entries))
    place = chance.choice(list(book.jurisdictions.entries))
    day = date(2026, 1, 5) + timedelta(chance.randrange(350))
    events = [interpreter.open(instrument, place, day)]
    missing = interpreter.missing_preconditions(interpreter.fold(events))
    events += [Event(EventKind.PRECONDITION_MET, day, to=name, paper="某文") for name in missing]
    state = interpreter.fold(events)
    for _ in range(chance.randrange(18)):
        ready = [name for name, step in state.steps.items() if step.status in (StepStatus.READY, StepStatus.STOPPED)]
        if state.status is not CaseStatus.OPEN or not ready:
            break
        day += timedelta(chance.randrange(12))
        event = one_act(interpreter, state, chance.choice(ready), day, chance)
        try:
            state = interpreter.apply(state, event)
        except RouteFault:
            continue
        events.append(event)
    return events


def one_act(interpreter, state, step, day, chance):  # noqa: PLR0911
    planned = interpreter.plan(state).step(step).step
    if state.steps[step].status is StepStatus.STOPPED:
        return Event(EventKind.CORRECTION_SUPPLIED, day, step)
    luck = chance.random()
    if luck < 0.1:
        return Event(EventKind.CORRECTION_REQUESTED, day, step)
    if luck < 0.15:
        return Event(EventKind.RETURNED, day, step, to=next(iter(state.steps)))
    if luck < 0.2:
        return Event(EventKind.LAPSED, day + timedelta(40), step)
    if not planned.kind.judges:
        return Event(EventKind.COMPLETED, day + timedelta(31 if planned.is_minimum else 0), step)
    if planned.vote:
        return Event(EventKind.DECIDED, day, step, vote=Vote(chance.randrange(12, 24), 23, 23))
    return Event(EventKind.DECIDED, day, step, passed=chance.random() < 0.9)


def seen(interpreter, events):
    """Everything a reader saw of the case, step by step, deadlines included."""
    state, pages = None, []
    for event in events:
        state = interpreter.apply(state, event)
        pages.append(state.as_dict())
        pages.append(
            {
                name: str(interpreter.due(state, name))
                for name, step in state.steps.items()
                if step.status is StepStatus.READY
            }
        )
    return json.dumps(pages, ensure_ascii=False, sort_keys=True)


@pytest.mark.requirement("8.2-4")
def test_a_thousand_cases_over_three_versions_replay_identically(three_versions):
    archive, digests = three_versions
    chance = random.Random(20240517)  # noqa: S311
    books = {digest: archive.load(digest) for digest in digests}
    played = []
    for number in range(CASES):
        digest = digests[number % 3]
        interpreter = Interpreter(books[digest])
        events = simulate(interpreter, chance)
        table = chance.choice(list(books[digest].compiled.values()))
        facts = random_case(books[digest], table, chance, unknown=0.15)
        record = record_decision(books[digest], table.table.id, facts, date(2026, 3, 1))
        played.append((digest, events, seen(interpreter, events), record))
    again = {digest: Interpreter(Archive(archive.folder).load(digest), archive.editions()) for digest in digests}
    second = Archive(archive.folder)
    for digest, events, before, record in played:
        assert events[0].pack == digest
        assert seen(again[digest], events) == before
        assert replays(record, second)
    assert sum(len(events) for _, events, _, _ in played) > 5 * CASES


def test_a_case_under_the_provisional_calendar_changes_only_by_the_act_of_adopting_the_published_one(three_versions):
    archive, digests = three_versions
    old = Interpreter(archive.load(digests[0]), archive.editions())
    start = date(2027, 1, 25)
    events = [
        old.open("重大项目认定", "冠县", start),
        Event(EventKind.COMPLETED, start, "submit"),
        Event(EventKind.COMPLETED, start, "consult"),
    ]
    state = old.fold(events)
    assert state.editions[2027] == "calendar-2027-provisional"
    assert old.due(state, "approve").provisional
    adopted = old.apply(state, Event(EventKind.CALENDAR_ADOPTED, start, editions={2027: "calendar-2027"}))
    assert not old.due(adopted, "approve").provisional
    assert old.due(adopted, "approve").day > old.due(state, "approve").day
    new = Interpreter(archive.load(digests[2]))
    assert new.fold([new.open("重大项目认定", "冠县", start)]).editions[2027] == "calendar-2027"


def test_the_archive_keeps_each_version_once_and_notices_tampering(three_versions, tmp_path):
    archive, digests = three_versions
    assert archive.versions() == sorted(digests)
    kept = load_pack(archive.folder / digests[0] / "liaocheng-2023")
    assert archive.keep(kept) == digests[0]
    with pytest.raises(InputFault, match="not in the archive"):
        archive.load("0" * 64)
    target = archive.folder / digests[0] / "national/calendar.yaml"
    target.write_text(target.read_text("utf-8").replace("2023-01-02", "2023-01-03"), "utf-8")
    with pytest.raises(InputFault, match="changed after it was kept"):
        Archive(archive.folder).load(digests[0])


def test_a_published_calendar_never_changes_under_its_name(workshop, tmp_path):
    archive = Archive(tmp_path / "archive")
    archive.keep(load_pack("national", root=workshop.folder))
    workshop.edit("national/calendar.yaml", "2023-01-02, ", "")
    archive.keep(load_pack("national", root=workshop.folder))
    with pytest.raises(InputFault, match="two pack versions differ in one calendar edition"):
        archive.editions()


def test_a_decision_made_under_another_version_may_differ_and_is_told_apart(three_versions):
    archive, digests = three_versions
    facts = {"conforms_master_plan": True, "parcel_kind": "夹心地", "adjacent_parcel": True, "fragment_share": 0.15}
    first, second = (
        record_decision(archive.load(digest), "fragment_merge", facts, date(2026, 3, 1)) for digest in digests[:2]
    )
    assert first.fingerprint != second.fingerprint
    assert replays(first, archive)
    assert replays(second, archive)


def test_an_edited_pack_is_read_again(workshop):
    assert workshop.book().routes["annual-plan"].step("review").days == 20
    workshop.edit(
        "liaocheng-2023/routes/projects.yaml",
        "gate: true, days: {parameter: review_days}, cites: [5.4-6]",
        "gate: true, days: 10, cites: [5.4-6]",
    )
    assert workshop.book().routes["annual-plan"].step("review").days == 10
    assert load_book("liaocheng-2023").routes["annual-plan"].step("review").days == 20
