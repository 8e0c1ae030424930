"""Cases of every instrument in every state: each story opens a case and carries it to where it stands today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.back_entry import PastStep, back_enter
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.recording import record_decision
from huancheng.platform.casework.domain.remarking import comment, instruct
from huancheng.platform.casework.domain.returning import (
    request_correction,
    resubmit,
    return_,
    supply_correction,
    withdraw,
)
from huancheng.platform.casework.domain.stepping import decide
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock
from huancheng.platform.demo.domain import words
from huancheng.platform.demo.domain.cast import ENTITIES, Cast
from huancheng.platform.demo.domain.places import Places
from huancheng.platform.demo.domain.walking import Stuck, Walker, usual
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.model import Instrument, StepKind
from huancheng.policy.routes.plan import PlannedStep, RouteOpen, plan_route
from huancheng.policy.routes.state import StepStatus

LONG_AGO = timedelta(days=210)
"""How long ago a story that is over began."""

RECENT = timedelta(days=3)
"""How long ago a case came to the step it waits at, at least; one in four has waited much longer, and is late."""

LATE = timedelta(days=33)

HOMES = (4, 0, 4, 1, 0, 4, 2, 5)
"""In which of the pack's jurisdictions the instruments are told, in turn: mostly in one county and in the district, so
that whoever signs in there finds something to do."""

USUAL_STEP = timedelta(days=3)
"""How long a step takes where nothing is wrong."""

BEGINNERS = ("compiler", "entity_staff", "officer")


@dataclass
class Storyteller:
    """Opens cases and carries them to their states.

    Parameters
    ----------
    cast
        Who acts.
    places
        Where.
    """

    cast: Cast
    places: Places
    told: int = 0

    def tell_all(self) -> Iterator[str]:
        """Tell every story of every instrument; yields a line for each."""
        jurisdictions = [item.id for item in self.cast.book.jurisdictions]
        for number, instrument in enumerate(self.cast.book.instruments):
            home = jurisdictions[HOMES[number % len(HOMES)] % len(jurisdictions)]
            for jurisdiction in dict.fromkeys((home, jurisdictions[0])):
                yield self._to_the_end(instrument, jurisdiction)
            yield from self._in_every_state(instrument, home)

    def _in_every_state(self, instrument: Instrument, jurisdiction: str) -> Iterator[str]:
        plan = plan_route(self.cast.book, instrument.id, jurisdiction, self._facts(instrument, jurisdiction))
        if plan.preconditions:
            self.begin(instrument, jurisdiction, RECENT)
            yield f"{instrument.title}: 待前置条件"
        for planned in plan.steps:
            if planned.applies:
                yield self._waiting(instrument, jurisdiction, planned)
        for planned in plan.steps:
            if planned.applies and planned.step.kind in {StepKind.REVIEW, StepKind.APPROVE}:
                yield from self._troubled(instrument, jurisdiction, planned)
                break
        yield self._withdrawn(instrument, jurisdiction)
        yield self._back_entered(instrument, jurisdiction)

    def begin(self, instrument: Instrument, jurisdiction: str, ago: timedelta) -> tuple[int, Walker]:
        """Open a case some time ago; returns it and a walker that stands at that time."""
        self.told += 1
        day = timezone.localtime(clock.now() - ago - timedelta(days=self.told % 11))
        start = day.replace(hour=9 + self.told % 8, minute=self.told * 7 % 60, second=0, microsecond=0)
        walker = Walker(self.cast, start)
        entity = Body.objects.get(name=ENTITIES[self.told % len(ENTITIES)])
        subject = self.places.subject(instrument.scope, jurisdiction, entity)
        facts = self._facts(instrument, jurisdiction)
        with clock.at(start):
            for opener in self._openers(instrument, jurisdiction, entity):
                return open_case(instrument.id, subject, opener, facts=facts).case.pk, walker
        raise Stuck(f"nobody can open {instrument.title} in {jurisdiction}")

    def _openers(self, instrument: Instrument, jurisdiction: str, entity: Body) -> Iterator[Acting]:
        """Yield who may open: somebody of the first step's body, of the body it acts through, at last the office."""
        plan = plan_route(self.cast.book, instrument.id, jurisdiction, self._facts(instrument, jurisdiction))
        for planned in plan.steps:
            body = entity if planned.body.reference in {"implementing_entity", "applicant"} else None
            body = body or Body.objects.select_related("acts_through").filter(name=planned.body.name).first()
            for place in (body, body.acts_through if body else None):
                found = self.cast.of(place, ("compiler", "entity_staff"))
                if found is not None:
                    yield found
            if planned.step.gate:
                break
        yield self.cast.named(self.cast.book.bodies[self.cast.book.posts.office].title, "officer")

    def _facts(self, instrument: Instrument, jurisdiction: str) -> dict[str, object]:
        facts: dict[str, object] = {}
        try:
            plan_route(self.cast.book, instrument.id, jurisdiction, facts)
        except RouteOpen as fault:
            facts |= {name: usual(self.cast.book.facts[name]) for name in fault.missing}
        return facts

    def _to_the_end(self, instrument: Instrument, jurisdiction: str) -> str:
        case, walker = self.begin(instrument, jurisdiction, LONG_AGO)
        walker.prepare(case)
        walker.to_the_end(case)
        return f"{instrument.title}（{jurisdiction}）: {walker.standing(case).state.status.value}"

    def _waiting(self, instrument: Instrument, jurisdiction: str, planned: PlannedStep) -> str:
        """Let a case wait at a step, some of them for too long; a few carry remarks and instructions."""
        ago = RECENT if self.told % 4 else LATE
        case, walker = self.begin(instrument, jurisdiction, ago + self._lead(instrument, jurisdiction, planned))
        walker.prepare(case)
        try:
            walker.until(case, planned.step.id)
        except Stuck:
            return f"{instrument.title}: {planned.step.id} 与前一步同时进行"
        if self.told % 4 == 0:
            self._remark(case, walker)
        return f"{instrument.title}: 待{planned.step.kind.official}"

    def _lead(self, instrument: Instrument, jurisdiction: str, planned: PlannedStep) -> timedelta:
        """Return how long it takes to come to a step: some days for each before it, notices their whole time."""
        plan = plan_route(self.cast.book, instrument.id, jurisdiction, self._facts(instrument, jurisdiction))
        before = plan.steps[: [item.step.id for item in plan.steps].index(planned.step.id)]
        hanging = sum((item.step.days or 0) for item in before if item.step.is_minimum)
        return USUAL_STEP * len(before) + timedelta(days=hanging * 2)

    def _troubled(self, instrument: Instrument, jurisdiction: str, planned: PlannedStep) -> Iterator[str]:
        """Tell of a correction asked for, one supplied, a return, a refusal, and a decision waiting for its check."""
        step = planned.step.id
        tellings: dict[str, Callable[[int, Walker, Acting], object]] = {
            "补正中": lambda case, _walker, who: request_correction(case, step, who, words=words.CORRECTION),
            "已补正": lambda case, walker, who: self._corrected(case, step, walker, who),
            "已退回": lambda case, walker, who: return_(
                case, step, who, to=self._first(walker, case), words=words.RETURN
            ),
            "未通过": lambda case, walker, who: self._refused(case, walker, planned, who),
        }
        for title, act in tellings.items():
            case, walker = self.begin(instrument, jurisdiction, RECENT + self._lead(instrument, jurisdiction, planned))
            walker.prepare(case)
            walker.until(case, step)
            who = self.cast.holder(walker.standing(case), planned)
            if who is None or not may(who, "request_correction", walker.standing(case), step):
                continue
            with clock.at(walker.moment):
                act(case, walker, who)
            yield f"{instrument.title}: {title}"
        yield from self._unconfirmed(instrument, jurisdiction, planned)

    def _corrected(self, case: int, step: str, walker: Walker, who: Acting) -> None:
        request_correction(case, step, who, words=words.CORRECTION)
        walker.later()
        standing = walker.standing(case)
        helpers = (self.cast.of(standing.case.opened_by, ("compiler", "entity_staff", "clerk")),)
        for helper in helpers:
            if helper is not None and may(helper, "supply_correction", standing, step):
                with clock.at(walker.moment):
                    supply_correction(case, step, helper, words=words.SUPPLIED)

    def _refused(self, case: int, walker: Walker, planned: PlannedStep, who: Acting) -> None:
        vote = Vote(yes=3, present=15, seats=17) if planned.step.vote else None
        decide(case, planned.step.id, who, passed=None if vote else False, vote=vote, opinion=words.REFUSAL)
        if self.told % 2 and (opener := self.cast.of(walker.standing(case).case.opened_by, BEGINNERS)) is not None:
            standing = walker.standing(case)
            if may(opener, "resubmit", standing):
                resubmit(case, opener, words=words.SUPPLIED)

    def _unconfirmed(self, instrument: Instrument, jurisdiction: str, planned: PlannedStep) -> Iterator[str]:
        case, walker = self.begin(instrument, jurisdiction, RECENT + self._lead(instrument, jurisdiction, planned))
        walker.prepare(case)
        walker.until(case, planned.step.id)
        clerks = self.cast.clerks(walker.standing(case), planned)
        if clerks is not None:
            vote = Vote(yes=12, present=15, seats=17, recused=1) if planned.step.vote else None
            with clock.at(walker.moment):
                record_decision(
                    case, planned.step.id, clerks[0], paper=walker.paper(planned.body.name), document_day=clock.today(),
                    passed=None if vote else True, vote=vote, words="据常务会议纪要登记",
                )  # fmt: skip
            yield f"{instrument.title}: 登记待复核"

    def _withdrawn(self, instrument: Instrument, jurisdiction: str) -> str:
        case, walker = self.begin(instrument, jurisdiction, RECENT)
        standing = walker.prepare(case)
        opener = self.cast.of(standing.case.opened_by, BEGINNERS)
        if opener is None or not may(opener, "withdraw", standing):
            return f"{instrument.title}: 发起单位不能撤回"
        with clock.at(walker.moment):
            withdraw(case, opener, words=words.WITHDRAWAL)
        return f"{instrument.title}: 已撤回"

    def _back_entered(self, instrument: Instrument, jurisdiction: str) -> str:
        """Enter a case that was carried out on paper two years ago."""
        case, walker = self.begin(instrument, jurisdiction, RECENT)
        standing = walker.prepare(case)
        clerk = self._recorder(walker, case)
        past: list[PastStep] = []
        day = clock.today() - timedelta(days=700)
        for planned in standing.plan.steps:
            if not planned.applies:
                continue
            day += timedelta(days=9)
            judged = True if planned.step.kind.judges else None
            vote = Vote(12, 15, 17) if planned.step.vote else None
            past.append(
                PastStep(planned.step.id, day, f"档〔{day.year}〕{len(past) + 1}号", None if vote else judged, vote)
            )
        with clock.at(walker.moment):
            back_enter(case, past, clerk, words="系统启用前已办结，据档案补录")
        return f"{instrument.title}: 补录"

    def _recorder(self, walker: Walker, case: int) -> Acting:
        office = self.cast.named(self.cast.book.bodies[self.cast.book.posts.office].title, "officer")
        standing = walker.standing(case)
        open_steps = [
            name for name, step in standing.state.steps.items() if step.status in {StepStatus.READY, StepStatus.WAITING}
        ]
        if not open_steps or not may(office, "back_enter", standing, open_steps[0]):
            raise Stuck(f"{standing.case}: the office can't enter its past")
        return office

    def _remark(self, case: int, walker: Walker) -> None:
        office = self.cast.named(self.cast.book.bodies[self.cast.book.posts.office].title, "officer")
        with clock.at(walker.moment):
            comment(case, office, words=words.COMMENTS[self.told % len(words.COMMENTS)])
            if self.told % 8 == 0 and may(office, "instruct", walker.standing(case)):
                instruct(case, office, words=words.INSTRUCTION)

    def _first(self, walker: Walker, case: int) -> str:
        return next(iter(walker.standing(case).state.steps))
