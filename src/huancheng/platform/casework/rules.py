"""Who may do what in a case: the pack's rules of posts applied to where the case stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.editions import HANDS_IN
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.provisions.posts import ActRule, Standing
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import CaseStatus, StepStatus

READY = frozenset({StepStatus.READY})
OPEN = frozenset({StepStatus.READY, StepStatus.WAITING, StepStatus.STOPPED})

STEP_ACTS: dict[str, frozenset[StepStatus]] = {
    "edit": frozenset({StepStatus.READY, StepStatus.DONE}),
    "complete": READY,
    "decide": READY,
    "record": READY,
    "confirm_record": READY,
    "request_correction": READY,
    "supply_correction": frozenset({StepStatus.STOPPED}),
    "return": frozenset({StepStatus.READY, StepStatus.STOPPED}),
    "skip": frozenset({StepStatus.READY, StepStatus.WAITING}),
    "lapse": READY,
    "delegate": OPEN,
    "back_enter": OPEN,
    "hand_over": frozenset({StepStatus.READY, StepStatus.STOPPED}),
    "draw_experts": READY,
    "hold_meeting": READY,
    "publish_notice": READY,
    "answer_objection": READY,
    "consult": READY,
    "conclude": READY,
    "confirm_vote": READY,
    "record_hearing": READY,
}
"""Acts that concern one step, and where the step must stand."""

CASE_ACTS: dict[str, frozenset[CaseStatus]] = {
    "withdraw": frozenset({CaseStatus.OPEN}),
    "resubmit": frozenset({CaseStatus.WITHDRAWN, CaseStatus.REFUSED}),
    "state_facts": frozenset({CaseStatus.OPEN}),
    "meet_precondition": frozenset({CaseStatus.OPEN}),
    "recognise": frozenset({CaseStatus.OPEN, CaseStatus.FINISHED}),
}
"""Acts that concern the case as a whole, and where it must stand; those not listed may always be done."""

MEETS = frozenset({StepKind.REVIEW, StepKind.DELIBERATE, StepKind.APPROVE, StepKind.CONFIRM})
"""Kinds of step that a body may settle in a meeting."""

CONCLUDES = frozenset({StepKind.CONSULT, StepKind.COUNTERSIGN, StepKind.LETTER_REVIEW, StepKind.EXPERT_REVIEW})
"""Kinds of step whose result is drawn from what others said."""


@dataclass(frozen=True, slots=True)
class Right:
    """An act a person may do now.

    Parameters
    ----------
    act
        The rule that gives it.
    step
        Step it concerns; empty for the case as a whole.
    """

    act: ActRule
    step: str = ""


def may(acting: Acting, act: str, standing: CaseStanding, step: str = "") -> bool:
    """Whether a person may do an act now: the case stands so, their role allows it, and their body has the standing.

    Parameters
    ----------
    acting
        Who.
    act
        Id of the act.
    standing
        The case.
    step
        Step, for acts that concern one.
    """
    rule = standing.posts.act(act)
    planned = next((item for item in standing.plan.steps if item.step.id == step), None)
    return possible(act, standing, planned) and holds(acting, rule, standing, planned)


def possible(act: str, standing: CaseStanding, planned: PlannedStep | None) -> bool:
    """Whether the case, and the step where the act concerns one, stand so that anyone could do it."""
    if act in STEP_ACTS:
        return planned is not None and fits(act, planned, standing)
    return standing.state.status in CASE_ACTS.get(act, frozenset(CaseStatus))


def holds(acting: Acting, rule: ActRule, standing: CaseStanding, planned: PlannedStep | None) -> bool:
    """Whether a person's role gives them an act, and their body stands to the case as it must."""
    kind = planned.step.kind if planned else None
    if acting.body is None or acting.role not in standing.posts.roles_for(rule, kind):
        return False
    if rule.id == "confirm_record" and planned is not None and not independent(acting, standing, planned.step.id):
        return False
    return any(stands(acting, item, standing, planned) for item in rule.standings(kind))


def fits(act: str, planned: PlannedStep, standing: CaseStanding) -> bool:
    """Whether a step is of the sort, and stands where, an act can be done in it; whoever does it."""
    if standing.state.status is not CaseStatus.OPEN or standing.step(planned.step.id).status not in STEP_ACTS[act]:
        return False
    sort = _SORTS.get(act)
    return sort is None or sort(planned, standing)


def _later_than_first(planned: PlannedStep, standing: CaseStanding) -> bool:
    return planned is not standing.plan.steps[0] and planned.step.kind is not StepKind.IMPLEMENT


def _being_written(planned: PlannedStep, standing: CaseStanding) -> bool:
    """Contents are written while they are due, and again while a later step waits for their correction."""
    if planned.step.kind not in HANDS_IN:
        return False
    if standing.step(planned.step.id).status is StepStatus.READY:
        return True
    return any(step.status is StepStatus.STOPPED for step in standing.state.steps.values())


_SORTS: dict[str, Callable[[PlannedStep, CaseStanding], bool]] = {
    "edit": _being_written,
    "complete": lambda planned, _: not planned.step.kind.judges,
    "decide": lambda planned, _: planned.step.kind.judges,
    "record": lambda planned, standing: planned.step.id not in standing.pending,
    "confirm_record": lambda planned, standing: planned.step.id in standing.pending,
    "skip": lambda planned, _: planned.step.optional,
    "lapse": lambda planned, _: planned.step.silence == "no_objection",
    "request_correction": _later_than_first,
    "return": _later_than_first,
    "draw_experts": lambda planned, _: planned.step.kind is StepKind.EXPERT_REVIEW,
    "publish_notice": lambda planned, _: planned.step.kind is StepKind.NOTICE,
    "answer_objection": lambda planned, _: planned.step.kind is StepKind.NOTICE,
    "hold_meeting": lambda planned, _: planned.step.kind in MEETS,
    "confirm_vote": lambda planned, _: planned.step.kind in MEETS,
    "conclude": lambda planned, _: planned.step.kind in CONCLUDES,
    "record_hearing": lambda planned, _: planned.step.kind in (StepKind.NOTICE, StepKind.HEARING),
}
"""Acts that are for steps of one sort only."""


def independent(acting: Acting, standing: CaseStanding, step: str) -> bool:
    """Whether a person had no part in entering the decision that waits to be checked, not even by delegation."""
    record = standing.pending[step]
    entered = {record.entered_by_id, record.entered_on_behalf_of}
    return not ({acting.person, acting.on_behalf_of} - {None}) & entered


def stands(acting: Acting, wanted: Standing, standing: CaseStanding, planned: PlannedStep | None) -> bool:
    """Whether the body a person acts for stands so to the case, or to a step that waits where none is named."""
    steps = (
        [planned] if planned else [item for item in standing.plan.steps if standing.step(item.step.id).status in OPEN]
    )
    return _STANDINGS[wanted](acting, standing, steps)


_STANDINGS: dict[Standing, Callable[[Acting, CaseStanding, list[PlannedStep]], bool]] = {
    Standing.OPENER: lambda acting, standing, _: acting.body == standing.case.opened_by_id,
    Standing.OFFICE: lambda acting, standing, _: acting.reference == standing.posts.office,
    Standing.SIGHT: lambda acting, standing, _: sees(acting, standing),
    Standing.STEP: lambda acting, standing, steps: any(
        (body := standing.body_of(item)) is not None and body.pk == acting.body for item in steps
    ),
    Standing.THROUGH: lambda acting, standing, steps: any(
        (body := standing.through_of(item)) is not None and body.pk == acting.body for item in steps
    ),
    Standing.AUTHOR: lambda acting, standing, steps: any(
        body is not None and body.pk == acting.body for item in steps for body in standing.authors_of(item)
    ),
    Standing.SENDER: lambda acting, standing, steps: any(
        (body := standing.sender_of(item)) is not None and body.pk == acting.body for item in steps
    ),
}


def sees(acting: Acting, standing: CaseStanding) -> bool:
    """Whether a person may see the case: the same answer as `queries.visible`, for a case already at hand."""
    role = standing.posts.role(acting.role)
    if role is None or acting.body is None:
        return False
    match role.sees:
        case "all":
            return True
        case "assigned":
            return acting.person in standing.persons_with_sight
        case _:
            return acting.body in standing.bodies_with_sight


def rights(acting: Acting, standing: CaseStanding) -> list[Right]:
    """Return everything a person may do in a case now, in the order of the pack."""
    found = []
    for rule in standing.posts.acts:
        if rule.id == "open":
            continue
        names = [item.step.id for item in standing.plan.steps] if rule.id in STEP_ACTS else [""]
        found += [Right(rule, name) for name in names if may(acting, rule.id, standing, name)]
    return found
