"""Carrying a case along its route by the hands of the cast: every step through the door an officer would use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.asking import facts_asked
from huancheng.platform.casework.domain.editions import HANDS_IN, part_names
from huancheng.platform.casework.domain.informing import meet_precondition, satisfies, state_facts
from huancheng.platform.casework.domain.recording import confirm_record, record_decision
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.domain.stepping import complete, decide, skip
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock
from huancheng.platform.demo.domain.cast import Cast
from huancheng.platform.demo.domain.words import OPINIONS, part_text
from huancheng.policy.facts import Fact, FactKind
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import CaseStatus, StepStatus


class Stuck(RuntimeError):
    """Nobody of the cast can carry the case further: a defect of the cast or of the pack."""


@dataclass
class Walker:
    """Moves cases, day by day.

    Parameters
    ----------
    cast
        Who acts.
    moment
        Where its clock stands; every act moves it on by some days.
    papers
        Counts the papers it numbers.
    """

    cast: Cast
    moment: datetime
    papers: int = 0
    pace: Callable[[int], timedelta] = field(default=lambda number: timedelta(days=1 + number % 3))

    def later(self, span: timedelta | None = None) -> None:
        """Let time pass, to the next office hour, never beyond now."""
        self.papers += 1
        self.moment = min(self.moment + (span or self.pace(self.papers)), clock.now())

    def paper(self, body_name: str) -> str:
        """Return the number of a new paper."""
        return f"{body_name[:2]}发〔{self.moment.year}〕{self.papers + 1}号"

    def standing(self, case: int) -> CaseStanding:
        """Return where a case stands."""
        return standing_of(Case.objects.select_related("subject", "opened_by").get(pk=case))

    def prepare(self, case: int) -> CaseStanding:
        """Meet the preconditions and state the facts that hold a case up: by earlier cases, else by papers."""
        standing = self.standing(case)
        for name in standing.interpreter.missing_preconditions(standing.state):
            precondition = next(item for item in standing.plan.preconditions if item.id == name)
            others = Case.objects.filter(instrument=precondition.instrument, jurisdiction=standing.case.jurisdiction)
            by = next((other for other in others if satisfies(other, precondition, standing)), None)
            with clock.at(self.moment):
                paper = "" if by else self.paper(standing.plan.jurisdiction.title)
                standing = meet_precondition(
                    case, name, self._who_may("meet_precondition", standing), by=by, paper=paper
                )
            self.later()
        unknown = [fact for fact in facts_asked(standing) if fact.id not in standing.state.facts]
        if unknown:
            with clock.at(self.moment):
                standing = state_facts(
                    case, {fact.id: usual(fact) for fact in unknown}, self._who_may("state_facts", standing)
                )
        return standing

    def forward(self, case: int) -> str:
        """Carry out the next step that waits; returns its id, empty where none does."""
        standing = self.standing(case)
        if standing.state.status is not CaseStatus.OPEN:
            return ""
        ready = [item for item in standing.plan.steps if standing.step(item.step.id).status is StepStatus.READY]
        if not ready:
            return ""
        planned = ready[0]
        self._wait_for_notice(standing, planned)
        with clock.at(self.moment):
            self._do(standing, planned)
        self.later()
        return planned.step.id

    def until(self, case: int, step: str) -> None:
        """Carry a case forward until a step waits.

        Raises
        ------
        Stuck
            If it never does.
        """
        for _ in range(40):
            standing = self.standing(case)
            if standing.step(step).status is StepStatus.READY:
                return
            if not self.forward(case):
                break
        raise Stuck(f"{standing.case} never comes to {step}: {standing.state.status}")

    def to_the_end(self, case: int) -> None:
        """Carry a case forward as far as it goes."""
        while self.forward(case):
            pass

    def _do(self, standing: CaseStanding, planned: PlannedStep) -> None:
        case, step = standing.case.pk, planned.step
        holder = self.cast.holder(standing, planned)
        if step.optional and holder is None:
            self._skip(standing, planned)
        elif holder is None or (step.vote is not None):
            self._record(standing, planned)
        elif step.kind.judges:
            decide(
                case,
                step.id,
                holder,
                passed=True,
                opinion=OPINIONS[self.papers % len(OPINIONS)],
                paper=self.paper(holder.body_name),
            )
        else:
            if step.kind in HANDS_IN:
                self._write(standing, holder)
            complete(case, step.id, holder, paper=self.paper(holder.body_name) if step.kind.value == "file" else "")

    def _record(self, standing: CaseStanding, planned: PlannedStep) -> None:
        clerks = self.cast.clerks(standing, planned)
        if clerks is None:
            raise Stuck(f"{standing.case}: nobody records for {planned.body.name} in {planned.step.id}")
        first, second = clerks
        if planned.step.kind in HANDS_IN:
            self._write(standing, first)
        body = standing.body_of(planned)
        paper = self.paper(body.name if body else planned.body.name)
        given: dict[str, Any] = {}
        if planned.step.vote is not None:
            given["vote"] = Vote(yes=12, present=15, seats=17, recused=1)
        elif planned.step.kind.judges:
            given["passed"] = True
        record_decision(
            standing.case.pk,
            planned.step.id,
            first,
            paper=paper,
            document_day=clock.today(),
            words="据会议纪要登记",
            **given,
        )
        confirm_record(standing.case.pk, planned.step.id, second)

    def _skip(self, standing: CaseStanding, planned: PlannedStep) -> None:
        clerks = self.cast.clerks(standing, planned)
        roles = self.cast.book.posts.steps[planned.step.kind]
        doer = self.cast.of(standing.through_of(planned), roles) or (clerks[0] if clerks else None)
        if doer is not None and doer.role in roles:
            skip(standing.case.pk, planned.step.id, doer, words="本案无此情形")
        else:
            self._record(standing, planned)

    def _write(self, standing: CaseStanding, writer: Acting) -> None:
        """Fill the parts that are empty yet, where this person may write them."""
        written = set(standing.case.parts.exclude(text="").values_list("name", flat=True))
        for name in part_names(standing):
            if name not in written:
                write_part(standing.case.pk, name, part_text(standing.case.title, name), writer)

    def _wait_for_notice(self, standing: CaseStanding, planned: PlannedStep) -> None:
        due = standing.interpreter.due(standing.state, planned.step.id)
        if planned.step.is_minimum and due is not None:
            days = (due.day - self.moment.date()).days + 1
            self.later(timedelta(days=max(days, 1)))

    def _who_may(self, act: str, standing: CaseStanding) -> Acting:
        """Return somebody who may do an act for the case as a whole: of the body that opened it, else of the office."""
        roles = self.cast.book.posts.act(act).roles
        office = self.cast.book.bodies[self.cast.book.posts.office].title
        found = [self.cast.of(standing.case.opened_by, [role]) for role in roles]
        for acting in (*found, self.cast.named(office, "officer")):
            if acting is not None and may(acting, act, standing):
                return acting
        raise Stuck(f"nobody may {act} in {standing.case}")


def usual(fact: Fact) -> Any:
    """Return the plainest value of a fact: no, the first of its choices, the least number."""
    if fact.kind.is_truth:
        return False
    if fact.kind is FactKind.CHOICE:
        return fact.domain[0]
    if fact.kind is FactKind.CHOICES:
        return list(fact.domain[:1])
    return "" if fact.kind is FactKind.TEXT else int(fact.minimum or 0)
