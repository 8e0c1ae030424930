"""Walking a real case through the platform: each step by somebody who may, with the day moved on as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.editions import part_names
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.recording import confirm_record, record_decision
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.domain.stepping import complete, decide, skip
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import StepStatus

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICE = "市专班办公室"


@contextmanager
def day(number: int) -> Iterator[None]:
    """Let the clock stand some days after a Monday in March."""
    with clock.at(START + timedelta(days=number)):
        yield


@dataclass
class Walk:
    """A case, and the people it needs.

    Parameters
    ----------
    pk
        Id of the case.
    acting
        Puts a person into a post.
    """

    pk: int
    acting: Callable[..., Acting]

    @classmethod
    def begin(
        cls, acting: Callable[..., Acting], instrument: str, subject: Subject, *, facts: dict[str, object] | None = None
    ) -> Walk:
        """Open a case from the office, with its preconditions met on paper."""
        officer = acting(OFFICE, "officer")
        walk = cls(open_case(instrument, subject, officer, facts=facts).case.pk, acting)
        for item in walk.standing.plan.preconditions:
            meet_precondition(walk.pk, item.id, officer, paper="示政字〔2026〕1号")
        return walk

    @property
    def case(self) -> Case:
        """The row as it is now."""
        return Case.objects.select_related("subject", "opened_by").get(pk=self.pk)

    @property
    def standing(self) -> CaseStanding:
        """Where it stands now."""
        return standing_of(self.case)

    @property
    def ready(self) -> list[str]:
        """Steps that wait now."""
        return [name for name, step in self.standing.state.steps.items() if step.status is StepStatus.READY]

    def planned(self, step: str) -> PlannedStep:
        """Return a step of the plan."""
        return self.standing.plan.step(step)

    def body(self, step: str) -> Body:
        """Return the body of a step."""
        found = self.standing.body_of(self.planned(step))
        assert found is not None
        return found

    def officer_of(self, step: str, role: str = "") -> Acting:
        """Put somebody into the body of a step who carries such steps out."""
        kind = self.planned(step).step.kind
        return self.acting(self.body(step).name, role or self.standing.posts.steps[kind][0])

    def write(self, step: str) -> None:
        """Write all contents, as somebody who may while a step of writing waits."""
        for name in part_names(self.standing):
            write_part(self.pk, name, f"{name}：示例文字。", self.officer_of(step))

    def carry_out(self, step: str, *, passed: bool = True) -> CaseStanding:
        """End a step by somebody of its body."""
        planned = self.planned(step)
        if planned.step.kind.value in {"compile", "submit"}:
            self.write(step)
        if not planned.step.kind.judges:
            return complete(self.pk, step, self.officer_of(step))
        vote = Vote(9 if passed else 0, 9, 9) if planned.step.vote else None
        return decide(self.pk, step, self.officer_of(step), passed=None if vote else passed, vote=vote, opinion="意见")

    def record(self, step: str, *, passed: bool | None = True, vote: Vote | None = None) -> CaseStanding:
        """Record a step from its paper by two clerks of whoever records for it."""
        through = self.standing.through_of(self.planned(step))
        assert through is not None
        clerks = [self.acting(through.name, "clerk", number) for number in (1, 2)]
        record_decision(self.pk, step, clerks[0], paper="纪要1号", document_day=clock.today(), passed=passed, vote=vote)
        return confirm_record(self.pk, step, clerks[1])

    def until(self, step: str) -> None:
        """Carry everything before a step out, leaving out what may be left out."""
        for planned in self.standing.plan.steps:
            name = planned.step.id
            if name == step:
                return
            if self.standing.step(name).status.is_over:
                continue
            if planned.step.optional:
                self.leave_out(name)
            elif name in self.ready:
                self.carry_out(name)

    def leave_out(self, step: str) -> None:
        """Leave an optional step out, by its body or whoever records for it."""
        through = self.standing.through_of(self.planned(step))
        kind = self.planned(step).step.kind
        body = through or self.body(step)
        skip(self.pk, step, self.acting(body.name, self.standing.posts.steps[kind][0]), words="不需要")
