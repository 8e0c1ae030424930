"""Where a case stands: its events folded under its law, and which bodies that concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.bodies.models import Body
from huancheng.platform.bodies.queries.tree import bodies_called
from huancheng.platform.casework.domain.encoding import decode
from huancheng.platform.casework.domain.law import interpreter_for
from huancheng.platform.casework.models import Case, DecisionRecord
from huancheng.policy.book import PolicyBook
from huancheng.policy.provisions.posts import PostRules
from huancheng.policy.routes.events import Event
from huancheng.policy.routes.interpret import Interpreter
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import Plan, PlannedStep
from huancheng.policy.routes.state import CaseState, StepState

WRITES = (StepKind.SUBMIT, StepKind.COMPILE)
"""Kinds of step in which contents are written; those of the last kind count most."""


@dataclass
class CaseStanding:
    """A case with its law, its plan and its state, made once for a page or an act.

    Parameters
    ----------
    case
        The row.
    interpreter
        The law it began under.
    state
        The fold of its events.
    bodies
        Bodies by name, as far as looked up.
    recorders
        Bodies that record for those of steps, by step, as far as worked out.
    """

    case: Case
    interpreter: Interpreter
    state: CaseState
    bodies: dict[str, Body | None] = field(default_factory=dict)
    recorders: dict[str, Body | None] = field(default_factory=dict, init=False)

    @property
    def book(self) -> PolicyBook:
        """The law."""
        return self.interpreter.book

    @property
    def posts(self) -> PostRules:
        """Who may do what."""
        return self.book.posts

    @cached_property
    def bodies_with_sight(self) -> frozenset[int]:
        """Ids of the bodies that may see the case."""
        return frozenset(self.case.sights.values_list("body_id", flat=True))

    @cached_property
    def persons_with_sight(self) -> frozenset[int]:
        """Ids of the people to whom the case was assigned."""
        return frozenset(self.case.person_sights.values_list("person_id", flat=True))

    @cached_property
    def pending(self) -> dict[str, DecisionRecord]:
        """Decisions entered by a clerk that wait for a second person, by step."""
        waiting = self.case.decision_records.filter(status=DecisionRecord.Status.PENDING)
        return {record.step: record for record in waiting}

    @cached_property
    def plan(self) -> Plan:
        """The route made out for this case."""
        return self.interpreter.plan(self.state)

    def step(self, name: str) -> StepState:
        """Return where a step stands."""
        return self.state.steps[name]

    def body_of(self, planned: PlannedStep) -> Body | None:
        """Return the body that acts in a step: by delegation, named for this subject, or by the route."""
        current = self.state.steps.get(planned.step.id)
        if current is not None and current.delegate:
            return self.body(current.delegate)
        return self._bound(planned.step.body) or self.body(planned.body.name)

    def sender_of(self, planned: PlannedStep) -> Body | None:
        """Return the body that sends the papers of a step; None where the route names nobody."""
        if planned.sender is None:
            return None
        return self._bound(planned.step.on_behalf) or self.body(planned.sender.name)

    def authors_of(self, planned: PlannedStep) -> tuple[Body | None, Body | None]:
        """Return the body that wrote the contents a step examines, and the one that records for it.

        That is the body of the last step of compiling before it; where nothing is compiled, of the last submission.
        """
        steps = self.plan.steps
        before = steps[: [item.step.id for item in steps].index(planned.step.id)]
        written = [item for kind in WRITES for item in before if item.step.kind is kind]
        return (self.body_of(written[-1]), self.through_of(written[-1])) if written else (None, None)

    def through_of(self, planned: PlannedStep) -> Body | None:
        """Return the body whose clerks enter what a step's body decides; None where its own people do everything.

        The pack says it for governments and committees. Those who have no log-in (owners, an applicant, a body of the
        province) are asked by the body of the step before, or hand their papers in to that of the next step that can't
        be left out.
        """
        name = planned.step.id
        if name not in self.recorders:
            self.recorders[name] = self._recorder(planned)
        return self.recorders[name]

    def _recorder(self, planned: PlannedStep) -> Body | None:
        body = self.body_of(planned)
        if body is None or body.acts_through_id:
            return body.acts_through if body else None
        if (named := self._recorder_by_place(planned)) is not None:
            return named
        if not _stays_outside(body):
            return None
        place = [item.step.id for item in self.plan.steps].index(planned.step.id)
        later = (item for item in self.plan.steps[place + 1 :] if not item.step.optional)
        beside = [*reversed(self.plan.steps[:place]), *later]
        found = (self.body_of(item) for item in beside)
        asker = next((item for item in found if item is not None and not _stays_outside(item)), None)
        return asker.acts_through or asker if asker else None

    def _recorder_by_place(self, planned: PlannedStep) -> Body | None:
        """Return who records for a body of the whole city where the pack names a role: it differs by jurisdiction."""
        reference = planned.step.body
        role = self.book.bodies[reference].acts_through if reference in self.book.bodies else ""
        resolved = self.book.body(role, self.plan.jurisdiction) if role in self.book.roles else None
        found = self.body(resolved.name) if resolved else None
        return found.acts_through or found if found else None

    def body(self, name: str) -> Body | None:
        """Return a body by name, now or formerly; the names of the whole plan are fetched together."""
        if name not in self.bodies:
            names = {name, *(item.body.name for item in self.plan.steps)}
            names |= {item.sender.name for item in self.plan.steps if item.sender}
            names |= {step.delegate for step in self.state.steps.values() if step.delegate}
            self.bodies.update(dict.fromkeys(names))
            self.bodies.update(bodies_called(sorted(names)))
        return self.bodies[name]

    def _bound(self, reference: str) -> Body | None:
        identifier = self.case.subject.bindings.get(reference)
        if identifier is None:
            return None
        key = f"#{identifier}"
        if key not in self.bodies:
            self.bodies[key] = Body.objects.select_related("acts_through").filter(pk=identifier).first()
        return self.bodies[key]


def _stays_outside(body: Body) -> bool:
    """Whether a body answers on paper only; an entity may have people here, or may not."""
    return body.kind in (Body.Kind.OUTSIDE, Body.Kind.ENTITY) or body.level in ("province", "nation")


def events_of(entries: Iterable[LogEntry]) -> list[Event]:
    """Return the events that moved a case, oldest first; remarks and papers of the log move nothing."""
    return [decode(entry.data["event"]) for entry in entries if "event" in entry.data]


def standing_of(case: Case, entries: Iterable[LogEntry] | None = None) -> CaseStanding:
    """Return where a case stands, from its log.

    Parameters
    ----------
    case
        The row.
    entries
        Its log, oldest first, where it is at hand already.

    Raises
    ------
    InputFault
        If the version of the pack it began under is not kept.
    """
    if entries is None:
        entries = LogEntry.objects.filter(stream=case.stream, data__has_key="event").order_by("sequence")
    interpreter = interpreter_for(case.pack)
    return CaseStanding(case, interpreter, interpreter.fold(events_of(entries)))
