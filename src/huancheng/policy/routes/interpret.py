"""The route interpreter: state is a fold over events, and the same events always give the same state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from huancheng.evidence import InputFault
from huancheng.policy.book import PolicyBook
from huancheng.policy.calendar import CalendarEdition, Due, WorkingCalendar
from huancheng.policy.facts import FactKind
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.model import Route
from huancheng.policy.routes.plan import Plan, PlannedStep, make_plan, plan_route, route_facts, select_route
from huancheng.policy.routes.progress import advance, is_approved, is_cleared, unmet
from huancheng.policy.routes.state import CaseState, CaseStatus, StepState, StepStatus

MOST_PLANS = 5000
"""Plans an interpreter remembers: routes times jurisdictions times the facts that cases have."""


class RouteFault(InputFault):
    """An act the route does not allow now.

    Parameters
    ----------
    message, field, cure
        As for every fault.
    situation
        Short name of what stands in the way, so that faces can say it in their own words.
    """

    def __init__(self, message: str, *, field: str = "", cure: str = "", situation: str = "") -> None:
        super().__init__(message, field=field, cure=cure)
        self.situation = situation


@dataclass(frozen=True)
class Interpreter:
    """Applies events under one pack.

    Parameters
    ----------
    book
        The law the case began under.
    later_editions
        Calendar editions published after that version of the pack, which cases may adopt.
    """

    book: PolicyBook
    later_editions: tuple[CalendarEdition, ...] = ()
    _calendars: dict[tuple[str, ...], WorkingCalendar] = field(default_factory=dict, compare=False, repr=False)
    _plans: dict[tuple[object, ...], Plan] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def editions(self) -> dict[str, CalendarEdition]:
        """Calendar editions by id; an edition once published never changes, so the pack's own stands first."""
        return {item.id: item for item in (*self.later_editions, *self.book.editions)}

    def open(self, instrument: str, jurisdiction: str, day: date, given: dict[str, Any] | None = None) -> Event:
        """Return the event that opens a case.

        Parameters
        ----------
        instrument, jurisdiction
            Ids, official names or aliases.
        day
            Day of opening; decides the law in force and the calendar known.
        given
            Facts of the case.

        Raises
        ------
        InputFault
            If no route can be told.
        """
        plan = plan_route(self.book, instrument, jurisdiction, given, as_of=day)
        return Event(
            EventKind.OPENED,
            day,
            route=plan.route.id,
            jurisdiction=plan.jurisdiction.id,
            facts=given or {},
            pack=self.book.pack.digest,
            editions=self.book.calendar(day).editions,
        )

    def fold(self, events: Iterable[Event]) -> CaseState:
        """Return the state after all events.

        Raises
        ------
        RouteFault
            If the first event doesn't open the case, or one is not allowed where it stands.
        """
        state: CaseState | None = None
        for event in events:
            state = self.apply(state, event)
        if state is None:
            raise RouteFault(
                "a case without events has no state",
                cure="begin with an event that opens the case",
                situation="no_events",
            )
        return state

    def apply(self, state: CaseState | None, event: Event) -> CaseState:
        """Return the state after one more event.

        Raises
        ------
        RouteFault
            If the event is not allowed.
        """
        if state is None:
            return self._opened(event)
        if event.kind is EventKind.OPENED:
            raise RouteFault(
                "the case is open already", field="opened", cure="open another case", situation="open_already"
            )
        if state.status is not CaseStatus.OPEN and event.kind not in _AFTER_THE_END:
            raise RouteFault(
                f"the case is {state.status.value}",
                field=event.kind.value,
                cure="resubmit it, or open another case",
                situation="case_over",
            )
        return _HANDLERS[event.kind](self, state, event)

    def plan(self, state: CaseState) -> Plan:
        """Return the route made out from the case's facts; a fold asks for the same one again and again."""
        key = (state.route, state.jurisdiction, *sorted(state.facts.items()))
        made = self._plans.get(key)
        if made is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            route, jurisdiction = self.book.routes[state.route], self.book.jurisdictions[state.jurisdiction]
            made = self._plans[key] = make_plan(self.book, route, jurisdiction, dict(state.facts))
        return made

    def calendar(self, state: CaseState) -> WorkingCalendar:
        """Return the calendar the case counts with."""
        names = tuple(sorted(state.editions.values()))
        if names not in self._calendars:
            self._calendars[names] = WorkingCalendar(self.editions[name] for name in names)
        return self._calendars[names]

    def due(self, state: CaseState, step: str) -> Due | None:
        """Return the deadline of a step; None where it has none, has not begun, or its clock stands."""
        planned = self.plan(state).step(step)
        current = state.steps[step]
        if planned.step.days is None or current.ready_on is None:
            return None
        working = planned.step.day_kind == "working"
        return self.calendar(state).due(current.ready_on, planned.step.days, working=working, pauses=current.pauses)

    def approved(self, state: CaseState) -> bool:
        """Whether the deciding steps of the case have passed."""
        return is_approved(self.plan(state), state)

    def cleared(self, state: CaseState) -> bool:
        """Whether every gate of the case has passed, so that what rests on it may begin."""
        return is_cleared(self.plan(state), state)

    def missing_preconditions(self, state: CaseState) -> tuple[str, ...]:
        """Return the ids of preconditions not yet met."""
        return unmet(self.plan(state), state.met)

    def _opened(self, event: Event) -> CaseState:
        if event.kind is not EventKind.OPENED:
            raise RouteFault(
                "the first event must open the case",
                field=event.kind.value,
                cure="begin with `opened`",
                situation="not_opened",
            )
        if event.pack != self.book.pack.digest:
            raise RouteFault(
                "the case began under another version of the pack",
                field="pack",
                cure="load the pack version the case was opened with from the archive",
                situation="other_pack",
            )
        jurisdiction = self.book.jurisdiction(event.jurisdiction)
        facts = route_facts(self.book, jurisdiction, event.facts)
        route = self.book.routes[event.route]
        state = CaseState(
            route.id, jurisdiction.id, event.pack, CaseStatus.OPEN, event.day, facts, dict(event.editions)
        )
        return advance(self.plan(state), state, event.day)

    def _step(self, state: CaseState, event: Event, *statuses: StepStatus) -> tuple[PlannedStep, StepState]:
        planned = self.plan(state).step(event.step)
        current = state.steps[event.step]
        name = f"{planned.step.kind.official}（{planned.body.name}）"
        if current.status not in statuses:
            waits = unmet(self.plan(state), state.met)
            why = f", preconditions not met: {', '.join(waits)}" if waits else ""
            raise RouteFault(
                f"the step {event.step} {name} is {current.status.value}{why}",
                field="step",
                cure="finish what it waits for first",
                situation="step_elsewhere",
            )
        if current.ready_on and event.day < current.ready_on:
            raise RouteFault(
                f"{event.day} lies before the step {event.step} began on {current.ready_on}",
                field="day",
                cure="mend the day, or enter the step as 补录 with its paper",
                situation="before_step",
            )
        return planned, current

    def _end(self, state: CaseState, event: Event, status: StepStatus) -> CaseState:
        current = state.steps[event.step]
        due = self.due(state, event.step)
        planned = self.plan(state).step(event.step)
        on_time = None if due is None or planned.step.is_minimum else event.day <= due.day
        ended = replace(current, status=status, ended_on=event.day, on_time=on_time, paper=event.paper)
        return self._with_step(state, event, ended)

    def _with_step(self, state: CaseState, event: Event, step: StepState) -> CaseState:
        changed = replace(state, steps={**state.steps, event.step: step})
        return advance(self.plan(changed), changed, event.day)

    def _precondition_met(self, state: CaseState, event: Event) -> CaseState:
        plan = self.plan(state)
        if event.to not in {item.id for item in plan.preconditions}:
            raise RouteFault(
                f"the route has no precondition {event.to!r}",
                field="to",
                cure="use one of: " + ", ".join(item.id for item in plan.preconditions),
                situation="no_precondition",
            )
        if not event.paper:
            raise RouteFault(
                "a precondition needs the number of a case or paper",
                field="paper",
                cure="name it",
                situation="precondition_paper",
            )
        mark = f"补录 {event.paper}" if event.entered_on else event.paper
        changed = replace(state, met={**state.met, event.to: mark})
        return advance(plan, changed, event.day)

    def _facts_stated(self, state: CaseState, event: Event) -> CaseState:
        stated = self.book.catalogue.read(event.facts)
        for name in stated:
            if self.book.facts[name].kind is FactKind.ACT:
                raise RouteFault(
                    f"{self.book.facts[name].title} is an act and can't be stated",
                    field=name,
                    cure="record the act of recognition with its paper",
                    situation="fact_is_act",
                )
        changed = replace(state, facts={**state.facts, **stated})
        return advance(self.plan(changed), changed, event.day)

    def _completed(self, state: CaseState, event: Event) -> CaseState:
        planned, _ = self._step(state, event, StepStatus.READY)
        if planned.step.kind.judges:
            raise RouteFault(
                f"the step {event.step} ends with a decision",
                field="step",
                cure="record `decided`",
                situation="ends_with_decision",
            )
        due = self.due(state, event.step)
        if planned.step.is_minimum and due is not None and event.day <= due.day and planned.step.days:
            raise RouteFault(
                f"the notice must hang until {due.day} at least",
                field="day",
                cure="end it later",
                situation="notice_too_short",
            )
        return self._end(state, event, StepStatus.DONE)

    def _decided(self, state: CaseState, event: Event) -> CaseState:
        planned, _ = self._step(state, event, StepStatus.READY)
        if not planned.step.kind.judges:
            raise RouteFault(
                f"the step {event.step} decides nothing",
                field="step",
                cure="record `completed`",
                situation="decides_nothing",
            )
        return self._end(state, event, StepStatus.PASSED if _carries(planned, event) else StepStatus.REFUSED)

    def _lapsed(self, state: CaseState, event: Event) -> CaseState:
        planned, _ = self._step(state, event, StepStatus.READY)
        if planned.step.silence != "no_objection":
            raise RouteFault(
                f"silence means nothing in the step {event.step}",
                field="step",
                cure="wait for an answer",
                situation="silence_says_nothing",
            )
        due = self.due(state, event.step)
        if due is None or event.day <= due.day:
            raise RouteFault(
                f"the time of the step {event.step} is not over",
                field="day",
                cure="wait until it is",
                situation="time_not_over",
            )
        return self._end(state, event, StepStatus.LAPSED)

    def _skipped(self, state: CaseState, event: Event) -> CaseState:
        planned, current = self._step(state, event, StepStatus.READY, StepStatus.WAITING)
        if not planned.step.optional:
            raise RouteFault(
                f"the step {event.step} can't be left out", field="step", cure="carry it out", situation="not_optional"
            )
        return self._with_step(state, event, replace(current, status=StepStatus.SKIPPED, ended_on=event.day))

    def _returned(self, state: CaseState, event: Event) -> CaseState:
        self._step(state, event, StepStatus.READY, StepStatus.STOPPED)
        order = list(state.steps)
        if event.to not in order or order.index(event.to) >= order.index(event.step):
            raise RouteFault(
                f"a case can't be returned from {event.step} to {event.to!r}",
                field="to",
                cure="name an earlier step",
                situation="return_where",
            )
        steps = {
            name: StepState(delegate=step.delegate) if order.index(name) >= order.index(event.to) else step
            for name, step in state.steps.items()
        }
        changed = replace(state, steps=steps, round=state.round + 1)
        return advance(self.plan(changed), changed, event.day)

    def _correction_requested(self, state: CaseState, event: Event) -> CaseState:
        _, current = self._step(state, event, StepStatus.READY)
        stopped = replace(current, status=StepStatus.STOPPED, pauses=(*current.pauses, (event.day, None)))
        return self._with_step(state, event, stopped)

    def _correction_supplied(self, state: CaseState, event: Event) -> CaseState:
        _, current = self._step(state, event, StepStatus.STOPPED)
        stopped_on = current.pauses[-1][0]
        if event.day < stopped_on:
            raise RouteFault(
                f"{event.day} lies before the request of {stopped_on}",
                field="day",
                cure="mend the day",
                situation="before_request",
            )
        pauses = (*current.pauses[:-1], (stopped_on, event.day))
        return self._with_step(state, event, replace(current, status=StepStatus.READY, pauses=pauses))

    def _delegated(self, state: CaseState, event: Event) -> CaseState:
        _, current = self._step(state, event, StepStatus.READY, StepStatus.WAITING, StepStatus.STOPPED)
        if not event.paper or not event.to:
            raise RouteFault(
                "a delegation names the body and the paper",
                field="paper",
                cure="state both",
                situation="delegation_paper",
            )
        return self._with_step(state, event, replace(current, delegate=event.to))

    def _withdrawn(self, state: CaseState, _event: Event) -> CaseState:
        return replace(state, status=CaseStatus.WITHDRAWN)

    def _resubmitted(self, state: CaseState, event: Event) -> CaseState:
        if state.status not in (CaseStatus.WITHDRAWN, CaseStatus.REFUSED):
            raise RouteFault(
                f"a case that is {state.status.value} can't be resubmitted",
                field="resubmitted",
                cure="only withdrawn and refused cases can",
                situation="not_resubmittable",
            )
        fresh = replace(state, status=CaseStatus.OPEN, round=state.round + 1, steps={})
        return advance(self.plan(fresh), fresh, event.day)

    def _recognised(self, state: CaseState, event: Event) -> CaseState:
        if event.to not in self.book.facts or self.book.facts[event.to].kind is not FactKind.ACT:
            acts = ", ".join(fact.id for fact in self.book.facts if fact.kind is FactKind.ACT)
            raise RouteFault(
                f"{event.to!r} is no act of recognition",
                field="to",
                cure=f"use one of: {acts}",
                situation="no_recognition",
            )
        if not event.paper:
            raise RouteFault(
                "a recognition needs its paper",
                field="paper",
                cure="name the paper's number",
                situation="recognition_paper",
            )
        changed = replace(state, facts={**state.facts, event.to: True})
        instrument = self.book.instruments[self.book.routes[state.route].instrument]
        route = select_route(self.book, instrument, changed.facts, as_of=state.opened_on)
        if route.id != state.route:
            changed = self._rerouted(changed, route)
        return advance(self.plan(changed), changed, event.day)

    def _rerouted(self, state: CaseState, route: Route) -> CaseState:
        rule = next((item for item in route.rerouting if item.from_route == state.route), None)
        if rule is None:
            raise RouteFault(
                f"the pack has no rule for moving a case from {state.route} to {route.id}",
                field="to",
                cure="add `rerouting` to the route",
                situation="no_rerouting",
            )
        steps: dict[str, StepState] = {}
        for item in rule.carried:
            step = state.steps.get(item.step)
            if item.becomes and step is not None and step.status.is_over:
                steps[item.becomes] = step
        status = CaseStatus.OPEN if state.status is CaseStatus.FINISHED else state.status
        earlier = (*state.earlier_routes, state.route)
        return replace(state, route=route.id, steps=steps, status=status, earlier_routes=earlier)

    def _back_entered(self, state: CaseState, event: Event) -> CaseState:
        planned = self.plan(state).step(event.step)
        current = state.steps[event.step]
        if not event.paper or event.entered_on is None:
            raise RouteFault(
                "a back-entry needs the paper and the day of entry",
                field="paper",
                cure="state both",
                situation="back_entry_paper",
            )
        if current.status.is_over:
            raise RouteFault(
                f"the step {event.step} is over already", field="step", cure="enter another step", situation="step_over"
            )
        passed = _carries(planned, event) if planned.step.kind.judges else None
        status = {None: StepStatus.DONE, True: StepStatus.PASSED, False: StepStatus.REFUSED}[passed]
        ended = replace(current, status=status, ended_on=event.day, back_entered=True, paper=event.paper)
        return self._with_step(state, event, ended)

    def _calendar_adopted(self, state: CaseState, event: Event) -> CaseState:
        for year, name in event.editions.items():
            if name not in self.editions or self.editions[name].year != year:
                raise RouteFault(
                    f"there is no calendar edition {name!r} for {year}",
                    field="editions",
                    cure="adopt an edition of the pack",
                    situation="no_edition",
                )
        return replace(state, editions={**state.editions, **event.editions})


def _carries(planned: PlannedStep, event: Event) -> bool:
    """Whether a decision is a yes; where the route sets a vote rule, votes must be counted."""
    rule = planned.step.vote
    vote = event.vote
    if rule is None or vote is None:
        if rule is not None and event.kind is not EventKind.BACK_ENTERED:
            raise RouteFault(
                f"the step {planned.step.id} is decided by vote",
                field="vote",
                cure="record the votes",
                situation="votes_missing",
            )
        if event.passed is None:
            raise RouteFault("a decision is a yes or a no", field="passed", cure="state it", situation="answer_missing")
        return event.passed
    if not 0 <= vote.yes <= vote.present <= vote.seats - vote.recused or vote.recused < 0:
        raise RouteFault(
            "the votes don't add up", field="vote", cure="yes ≤ present ≤ seats less recused", situation="votes_wrong"
        )
    return rule.passes(yes=vote.yes, present=vote.present, seats=vote.seats - vote.recused)


_AFTER_THE_END = frozenset({EventKind.RESUBMITTED, EventKind.CALENDAR_ADOPTED, EventKind.RECOGNISED})

_HANDLERS: dict[EventKind, Callable[[Interpreter, CaseState, Event], CaseState]] = {
    EventKind.PRECONDITION_MET: Interpreter._precondition_met,  # noqa: SLF001
    EventKind.FACTS_STATED: Interpreter._facts_stated,  # noqa: SLF001
    EventKind.COMPLETED: Interpreter._completed,  # noqa: SLF001
    EventKind.DECIDED: Interpreter._decided,  # noqa: SLF001
    EventKind.LAPSED: Interpreter._lapsed,  # noqa: SLF001
    EventKind.SKIPPED: Interpreter._skipped,  # noqa: SLF001
    EventKind.RETURNED: Interpreter._returned,  # noqa: SLF001
    EventKind.CORRECTION_REQUESTED: Interpreter._correction_requested,  # noqa: SLF001
    EventKind.CORRECTION_SUPPLIED: Interpreter._correction_supplied,  # noqa: SLF001
    EventKind.DELEGATED: Interpreter._delegated,  # noqa: SLF001
    EventKind.WITHDRAWN: Interpreter._withdrawn,  # noqa: SLF001
    EventKind.RESUBMITTED: Interpreter._resubmitted,  # noqa: SLF001
    EventKind.RECOGNISED: Interpreter._recognised,  # noqa: SLF001
    EventKind.BACK_ENTERED: Interpreter._back_entered,  # noqa: SLF001
    EventKind.CALENDAR_ADOPTED: Interpreter._calendar_adopted,  # noqa: SLF001
}
