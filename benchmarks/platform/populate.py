"""Fill a register with a city's worth of cases: 10,000 cases, 100,000 entries of the log, 2,000 people.

    python -m benchmarks.platform.populate --cases 10000 --events 100000 --people 2000

Writes into the register of HUANCHENG_HOME or HUANCHENG_DATABASE_URL, which should be empty. Nothing is faked: every
case is walked along its route by the interpreter, its entries are chained as the platform chains them, its tasks and
sights come from the platform's own projection, and a sample is folded again at the end. The same seed and day give the
same cases.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
if __name__ == "__main__":
    django.setup()

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from shapely import Polygon, to_wkb

from huancheng.evidence import InputFault
from huancheng.platform.audit.domain.append import digest_event, digest_words
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.audit.models import Words
from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.casework.domain.encoding import encode
from huancheng.platform.casework.domain.indexing import rebuild
from huancheng.platform.casework.domain.law import current_book, interpreter_for, keep_current_pack
from huancheng.platform.casework.domain.projecting import bodies_seeing, project, take_columns, waiting_tasks
from huancheng.platform.casework.domain.sight import numbers_of
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import (
    Case,
    Message,
    MessageKind,
    NumberSeries,
    Part,
    Sight,
    Subject,
    Task,
    Told,
)
from huancheng.platform.common import clock
from huancheng.policy.book import PolicyBook
from huancheng.policy.facts import FactKind
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.interpret import Interpreter
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import CaseState, CaseStatus, StepStatus

CHUNK = 250
NINE = time(9)
YEARS = 2
RECENT = 1.8
"""Above 1, so that more cases were opened lately and are under way."""
EAST, NORTH = (116.0, 0.06), (36.45, 0.05)
"""Where cases lie: middle and spread in degrees."""
CORNERS = 12
PLACES = (
    "东关",
    "西苑",
    "南湖",
    "北坛",
    "运河",
    "古楼",
    "新区",
    "铁塔",
    "光岳",
    "柳园",
    "湖滨",
    "文昌",
    "振兴",
    "建设",
)
THINGS = ("片区", "街区", "老旧小区", "厂区", "商业街", "城中村", "地块", "社区")
TEXTS = (
    "现状房屋以砖混结构为主，建成年代较早，管网老化，停车位不足，居民改造意愿较强。",
    "拟保留历史建筑，整治沿街立面，补建社区养老和托育设施，打通断头路两条。",
    "更新后新增公共绿地和口袋公园，完善十五分钟生活圈，资金平衡采用综合项目方式。",
    "本单元涉及零星用地整合，符合控制性详细规划要求，不突破开发强度上限。",
)
REMARKS = (
    "请补充现状照片。",
    "已与属地核对，数据一致。",
    "材料已收悉。",
    "请注意公示期限。",
    "建议先征求消防部门意见。",
)


@dataclass
class Story:
    """A case as it is being made up.

    Parameters
    ----------
    state
        Where it stands.
    entries
        Its log so far, without chain: code, day, data, body, words.
    day
        Day of the last entry.
    """

    state: CaseState
    entries: list[tuple[str, date, dict[str, Any], int | None, str]] = field(default_factory=list)
    day: date = date.min


class City:
    """Everything a register is filled from."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - made-up cases, no secrets
        self.book: PolicyBook = current_book()
        self.digest = keep_current_pack()
        self.interpreter: Interpreter = interpreter_for(self.digest)
        self.bodies: dict[str, Body | None] = {}
        self.people: dict[int, list[tuple[int, str]]] = {}
        self.entities: list[int] = []

    def settle(self, people: int) -> None:
        """Make the bodies of the pack, ten implementing entities, and people with posts over all of them."""
        bodies_from_pack(self.book)
        for number in range(1, 11):
            Body.objects.get_or_create(name=f"示例更新公司{number}", defaults={"kind": Body.Kind.ENTITY})
        bodies = list(Body.objects.select_related("acts_through"))
        self.entities = [body.pk for body in bodies if body.kind == Body.Kind.ENTITY]
        self.bodies = {body.name: body for body in bodies} | {f"#{body.pk}": body for body in bodies}
        secret = make_password("benchmark only")
        made = Person.objects.bulk_create(
            [
                Person(username=f"bench{number:05d}", name=f"人员{number:05d}", password=secret)
                for number in range(people)
            ],
            batch_size=CHUNK,
        )
        wanted = self._posts(bodies)
        posts = [
            Post(person=person, body=body, role=role)
            for person, (body, role) in zip(made, (wanted[at % len(wanted)] for at in range(len(made))), strict=True)
        ]
        Post.objects.bulk_create(posts, batch_size=CHUNK)
        for post in posts:
            self.people.setdefault(post.body_id, []).append((post.person_id, post.role))

    def _posts(self, bodies: list[Body]) -> list[tuple[Body, str]]:
        roles = ["compiler", "reviewer", "approver", "clerk", "filing_clerk"]
        office = self.book.bodies[self.book.posts.office].title
        officers = [(body, "officer") for body in bodies if body.name == office] * 40
        auditors = [(body, "auditor") for body in bodies if body.name == office]
        staff = [(body, role) for body in bodies for role in roles if body.kind != Body.Kind.ENTITY]
        entities = [(body, "entity_staff") for body in bodies if body.kind == Body.Kind.ENTITY] * 5
        return [*auditors, *officers, *entities, *staff]

    def somebody(self, body: int | None) -> tuple[int | None, str]:
        """Return somebody of a body, with their role."""
        return self.chance.choice(self.people.get(body or 0) or [(None, "")])


class Walk:
    """Walks one case along its route, as far as the days reach."""

    def __init__(self, city: City, case: Case, today: date) -> None:
        self.city, self.case, self.today, self.chance = city, case, today, city.chance

    def story(self) -> Story:
        """Return the case as far as it came.

        Raises
        ------
        InputFault
            If its route can't be told.
        """
        interpreter, case = self.city.interpreter, self.case
        opened = interpreter.open(case.instrument, case.jurisdiction, case.opened_on)
        story = Story(interpreter.fold([opened]), day=case.opened_on)
        story.entries.append(
            ("opened", case.opened_on, {"event": encode(opened), "instrument": case.instrument}, case.opened_by_id, "")
        )
        self._facts(story)
        for name in interpreter.missing_preconditions(story.state):
            paper = f"示政字〔{case.opened_on.year}〕{self.chance.randrange(1, 300)}号"
            self._happen(story, "meet_precondition", Event(EventKind.PRECONDITION_MET, story.day, to=name, paper=paper))
        while story.state.status is CaseStatus.OPEN and self._go_on(story):
            pass
        return story

    def _facts(self, story: Story) -> None:
        """State the facts on which steps depend: no to every question of yes or no."""
        book, plan = self.city.book, self.city.interpreter.plan(story.state)
        asked = {
            name
            for planned in plan.steps
            for name in book.route_conditions[f"{plan.route.id}/{planned.step.id}"].unknown(plan.facts)
        }
        facts = {name: False for name in sorted(asked) if book.facts[name].kind is FactKind.BOOLEAN}
        if facts:
            self._happen(story, "state_facts", Event(EventKind.FACTS_STATED, story.day, facts=facts))

    def _go_on(self, story: Story) -> bool:
        """Carry the next ready step out; False where today comes first, or nothing is ready."""
        plan = self.city.interpreter.plan(story.state)
        ready = [item for item in plan.steps if story.state.steps[item.step.id].status is StepStatus.READY]
        if not ready:
            return False
        planned = ready[0]
        day = self._ends_on(story, planned)
        if day > self.today:
            return False
        body = self._body(planned, story)
        if self.chance.random() < 0.08 and planned is not plan.steps[0]:
            self._correct(story, planned, body, day)
            day = max(day, story.day)
            if day > self.today or story.state.steps[planned.step.id].status is not StepStatus.READY:
                return False
        self._happen(story, *self._end(planned, day), body=body)
        return True

    def _ends_on(self, story: Story, planned: PlannedStep) -> date:
        begun = story.state.steps[planned.step.id].ready_on or story.day
        due = self.city.interpreter.due(story.state, planned.step.id)
        if planned.step.is_minimum and due is not None:
            return due.day + timedelta(days=self.chance.randrange(1, 6))
        return max(begun, story.day) + timedelta(days=self.chance.randrange(1, 40))

    def _end(self, planned: PlannedStep, day: date) -> tuple[str, Event]:
        paper = f"示更新〔{day.year}〕{self.chance.randrange(1, 900)}号"
        step = planned.step.id
        if not planned.step.kind.judges:
            return "complete", Event(EventKind.COMPLETED, day, step=step, paper=paper)
        passed = self.chance.random() > 0.03
        if planned.step.vote is not None:
            vote = Vote(yes=17 if passed else 3, present=18, seats=21)
            return "confirm_vote", Event(EventKind.DECIDED, day, step=step, vote=vote, paper=paper)
        return "decide", Event(EventKind.DECIDED, day, step=step, passed=passed, paper=paper)

    def _correct(self, story: Story, planned: PlannedStep, body: int | None, day: date) -> None:
        """Ask for correction, and supply it unless today comes first."""
        asked = max(story.day, day - timedelta(days=5), story.state.steps[planned.step.id].ready_on or story.day)
        step = planned.step.id
        self._happen(story, "request_correction", Event(EventKind.CORRECTION_REQUESTED, asked, step=step), body=body)
        supplied = asked + timedelta(days=self.chance.randrange(1, 9))
        if supplied <= self.today:
            event = Event(EventKind.CORRECTION_SUPPLIED, supplied, step=step)
            self._happen(story, "supply_correction", event, body=self.case.opened_by_id)

    def _happen(self, story: Story, act: str, event: Event, *, body: int | None = None) -> None:
        before = story.state
        story.state = self.city.interpreter.apply(before, event)
        story.day = max(story.day, event.day)
        data = {"event": encode(event), "status": [before.status.value, story.state.status.value]}
        story.entries.append((act, event.day, data, body or self.case.opened_by_id, ""))

    def _body(self, planned: PlannedStep, story: Story) -> int | None:
        standing = CaseStanding(self.case, self.city.interpreter, story.state, self.city.bodies)
        body = standing.body_of(planned)
        return body.pk if body else None


class Filler:
    """Writes made-up cases into the register, chunk by chunk."""

    def __init__(self, city: City, events: int, cases: int) -> None:
        self.city, self.today = city, clock.today()
        self.events, self.cases = events, cases
        self.written = 0
        self.kinds = [
            (instrument, jurisdiction)
            for instrument in city.book.instruments
            for jurisdiction in city.book.jurisdictions
        ]
        self.series: dict[str, int] = {}

    def fill(self) -> None:
        """Write all cases."""
        done = 0
        while done < self.cases:
            number = min(CHUNK, self.cases - done)
            with transaction.atomic():
                self._chunk(number, done)
            done += number
            sys.stderr.write(f"\r{done} cases, {self.written} entries")
        for prefix, last in self.series.items():
            NumberSeries.objects.update_or_create(prefix=prefix, defaults={"last": last})
        sys.stderr.write("\n")

    def _chunk(self, number: int, done: int) -> None:
        stories = [self._made_up() for _ in range(number)]
        standings = [
            CaseStanding(case, self.city.interpreter, story.state, self.city.bodies) for case, story in stories
        ]
        for standing in standings:
            take_columns(standing)
        Subject.objects.bulk_create([case.subject for case, _ in stories], batch_size=CHUNK)
        left = (self.events - self.written) / (self.cases - done)
        for case, story in stories:
            self._remark(story, left)
            case.version = sum(act != "comment" for act, *_ in story.entries)
        Case.objects.bulk_create([case for case, _ in stories], batch_size=CHUNK)
        entries: list[LogEntry] = []
        words: list[tuple[LogEntry, str]] = []
        for case, story in stories:
            fresh = self._chained(case, story, words)
            entries += fresh
        LogEntry.objects.bulk_create(entries, batch_size=CHUNK)
        self._say(words)
        self._project(standings)
        self._accompany(stories)
        self.written += len(entries)

    def _project(self, standings: list[CaseStanding]) -> None:
        """Write tasks and sights of many cases at once; `check` holds them against the platform's own writing."""
        Task.objects.bulk_create(
            [
                Task(case=standing.case, step=step, **columns)
                for standing in standings
                for step, columns in waiting_tasks(standing).items()
            ],
            batch_size=CHUNK,
        )
        Sight.objects.bulk_create(
            [
                Sight(case=standing.case, body_id=body)
                for standing in standings
                for body in sorted(numbers_of(bodies_seeing(standing)))
            ],
            batch_size=CHUNK,
        )

    def _made_up(self) -> tuple[Case, Story]:
        chance = self.city.chance
        while True:
            instrument, jurisdiction = chance.choice(self.kinds)
            opened = self.today - timedelta(days=int(365 * YEARS * chance.random() ** RECENT))
            title = f"{chance.choice(PLACES)}{chance.choice(THINGS)}{chance.randrange(1, 99)}号"
            ground = self._ground()
            subject = Subject(
                kind=instrument.scope, key=f"B{len(self.series)}-{chance.getrandbits(48):x}", title=title,
                jurisdiction=jurisdiction.id, bindings={"implementing_entity": chance.choice(self.city.entities)},
                geometry=to_wkb(ground), west=ground.bounds[0], south=ground.bounds[1], east=ground.bounds[2],
                north=ground.bounds[3],
            )  # fmt: skip
            case = Case(
                title=f"{title}{instrument.title}", instrument=instrument.id, route="", jurisdiction=jurisdiction.id,
                subject=subject, pack=self.city.digest, status="open", opened_on=opened,
            )  # fmt: skip
            case.opened_by = self._opener(case)
            case.initiator = self.city.somebody(case.opened_by_id)[0]
            try:
                story = Walk(self.city, case, self.today).story()
            except InputFault:
                continue
            case.route, case.number = story.state.route, self._number(instrument.id, opened)
            return case, story

    def _ground(self) -> Polygon:
        """Return where a case lies: a dozen corners around a place in the city."""
        chance = self.city.chance
        east, north, reach = chance.gauss(*EAST), chance.gauss(*NORTH), chance.uniform(0.0005, 0.004)
        turns = (2 * math.pi * corner / CORNERS for corner in range(CORNERS))
        rays = ((turn, reach * chance.uniform(0.7, 1)) for turn in turns)
        return Polygon([(east + ray * math.cos(turn), north + ray * math.sin(turn)) for turn, ray in rays])

    def _opener(self, case: Case) -> Body:
        """Return the body of the first step, or the office."""
        try:
            event = self.city.interpreter.open(case.instrument, case.jurisdiction, case.opened_on)
        except InputFault:
            return self._office()
        state = self.city.interpreter.fold([event])
        standing = CaseStanding(case, self.city.interpreter, state, self.city.bodies)
        body = standing.body_of(standing.plan.steps[0])
        return body if body is not None and body.pk in self.city.people else self._office()

    def _office(self) -> Body:
        body = self.city.bodies[self.city.book.bodies[self.city.book.posts.office].title]
        assert body is not None
        return body

    def _number(self, instrument: str, opened: date) -> str:
        prefix = f"{opened.year}-{''.join(part[0] for part in instrument.split('_')).upper()}-"
        self.series[prefix] = self.series.get(prefix, 0) + 1
        return f"{prefix}{self.series[prefix]:04d}"

    def _remark(self, story: Story, wanted: float) -> None:
        """Leave remarks between the entries until there are as many as wanted on average."""
        chance = self.city.chance
        lacking = wanted - len(story.entries)
        number = int(lacking) + (chance.random() < lacking % 1) if lacking > 0 else 0
        for _ in range(number):
            place = chance.randrange(1, len(story.entries) + 1)
            _act, day, _data, body, _words = story.entries[place - 1]
            story.entries.insert(place, ("comment", day, {"step": ""}, body, chance.choice(REMARKS)))

    def _chained(self, case: Case, story: Story, words: list[tuple[LogEntry, str]]) -> list[LogEntry]:
        previous, found = "", []
        for sequence, (act, day, data, body, text) in enumerate(story.entries, start=1):
            person, role = self.city.somebody(body)
            salt = f"{self.city.chance.getrandbits(128):032x}" if text else ""
            at = datetime.combine(day, NINE, timezone.get_current_timezone()) + timedelta(minutes=sequence)
            entry = LogEntry(
                stream=case.stream, sequence=sequence, code=f"case.{act}", at=at, day=day, actor=person, body=body,
                role=role, data=data, words_digest=digest_words(salt, text), previous=previous,
            )  # fmt: skip
            entry.digest = previous = digest_event(entry)
            found.append(entry)
            if text:
                words.append((entry, salt + text))
        return found

    def _say(self, words: list[tuple[LogEntry, str]]) -> None:
        Words.objects.bulk_create(
            [Words(event=entry, salt=said[:32], text=said[32:]) for entry, said in words], batch_size=CHUNK
        )

    def _accompany(self, stories: list[tuple[Case, Story]]) -> None:
        """Write what stands beside the log: texts, messages, and that people were told."""
        chance, now = self.city.chance, clock.now()
        Told.objects.bulk_create([Told(case=case, sequence=len(story.entries)) for case, story in stories])
        parts = [
            Part(case=case, name=name, text=chance.choice(TEXTS) * chance.randrange(1, 6))
            for case, _ in stories
            for name in self.city.book.instruments[case.instrument].contents
        ]
        Part.objects.bulk_create(parts, batch_size=CHUNK)
        tasks = Task.objects.filter(case__in=[case for case, _ in stories])
        messages = []
        for task in tasks:
            people = self.city.people.get(task.body_id, []) or self.city.people.get(task.through_id or 0, [])
            messages += [
                Message(
                    person_id=person,
                    kind=MessageKind.ARRIVED,
                    case_id=task.case_id,
                    step=task.step,
                    at=now,
                    key=f"arrived:{task.case_id}:{task.step}:1:{task.ready_on}",
                    data={"step_kind": task.kind, "due": task.due_on.isoformat() if task.due_on else ""},
                )
                for person, _role in people[:3]
            ]
        Message.objects.bulk_create(messages, batch_size=CHUNK, ignore_conflicts=True)


def check(sample: int, seed: int) -> None:
    """Fold a sample of cases from their log and compare with the register; chains must hold."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    numbers = list(Case.objects.values_list("pk", flat=True))
    for case in Case.objects.select_related("subject").filter(pk__in=chance.sample(numbers, min(sample, len(numbers)))):
        standing = standing_of(case)
        assert standing.state.status.value == case.status, case
        waiting = {name for name, step in standing.state.steps.items() if step.status is StepStatus.READY}
        assert set(case.tasks.filter(status="ready").values_list("step", flat=True)) <= waiting, case
        before = _repeated(case)
        project(standing)
        assert _repeated(case) == before, case
        previous = ""
        for entry in LogEntry.objects.filter(stream=case.stream).order_by("sequence"):
            assert entry.previous == previous, case
            assert entry.digest == digest_event(entry), case
            previous = entry.digest


def _repeated(case: Case) -> tuple[Any, ...]:
    """Return what the register repeats of a case's state."""
    fresh = Case.objects.get(pk=case.pk)
    columns = (fresh.route, fresh.status, fresh.round, fresh.approved, fresh.cleared, fresh.back_entered, fresh.version)
    tasks = sorted(case.tasks.values_list("step", "kind", "body", "through", "sender", "author", "status", "due_on"))
    return columns, tasks, sorted(case.sights.values_list("body", flat=True))


def main() -> None:
    """Fill, check and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if Case.objects.exists():
        parser.error("the register holds cases already; give HUANCHENG_HOME an empty folder and migrate first")
    begun = monotonic()
    city = City(given.seed)
    with transaction.atomic():
        city.settle(given.people)
    Filler(city, given.events, given.cases).fill()
    filled = monotonic()
    entries = rebuild()
    indexed = monotonic()
    check(300, given.seed)
    print(
        f"cases={Case.objects.count()} events={LogEntry.objects.count()} people={Person.objects.count()} "
        f"tasks={Task.objects.count()} found={entries} fill={filled - begun:.0f}s index={indexed - filled:.0f}s"
    )


if __name__ == "__main__":
    main()
