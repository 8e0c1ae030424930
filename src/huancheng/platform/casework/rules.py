"""Who may do what in a case: the pack's rules of posts applied to where the case stands."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.provisions.posts import ActRule, Standing
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import CaseStatus, StepStatus

READY = frozenset({StepStatus.READY})
OPEN = frozenset({StepStatus.READY, StepStatus.WAITING, StepStatus.STOPPED})

STEP_ACTS: dict[str, frozenset[StepStatus]] = {
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
    if act in STEP_ACTS and (planned is None or not fits(act, planned, standing)):
        return False
    if standing.state.status not in CASE_ACTS.get(act, frozenset(CaseStatus)):
        return False
    kind = planned.step.kind if planned else None
    if acting.role not in standing.posts.roles_for(rule, kind):
        return False
    return any(stands(acting, item, standing, planned) for item in rule.at)


def fits(act: str, planned: PlannedStep, standing: CaseStanding) -> bool:
    """Whether a step is of the sort, and stands where, an act can be done in it; whoever does it."""
    if standing.state.status is not CaseStatus.OPEN or standing.step(planned.step.id).status not in STEP_ACTS[act]:
        return False
    judges = planned.step.kind.judges
    match act:
        case "complete":
            return not judges
        case "decide":
            return judges
        case "skip":
            return planned.step.optional
        case "lapse":
            return planned.step.silence == "no_objection"
        case "request_correction" | "return":
            return planned is not standing.plan.steps[0] and planned.step.kind is not StepKind.IMPLEMENT
        case "draw_experts":
            return planned.step.kind is StepKind.EXPERT_REVIEW
        case "publish_notice" | "answer_objection":
            return planned.step.kind is StepKind.NOTICE
        case "hold_meeting":
            return planned.step.vote is not None
        case _:
            return True


def stands(acting: Acting, wanted: Standing, standing: CaseStanding, planned: PlannedStep | None) -> bool:
    """Whether the body a person acts for stands so to the case, or to a step that waits where none is named."""
    if acting.body is None:
        return False
    steps = (
        [planned] if planned else [item for item in standing.plan.steps if standing.step(item.step.id).status in OPEN]
    )
    match wanted:
        case Standing.OPENER:
            return acting.body == standing.case.opened_by_id
        case Standing.OFFICE:
            office = standing.book.bodies[standing.posts.office]
            return acting.body_name == office.title
        case Standing.SIGHT:
            return standing.case.sights.filter(body=acting.body).exists() or sees_all(acting, standing)
        case Standing.STEP:
            return any((body := standing.body_of(item)) is not None and body.pk == acting.body for item in steps)
        case Standing.THROUGH:
            return any(
                (body := standing.body_of(item)) is not None and body.acts_through_id == acting.body for item in steps
            )
        case Standing.SENDER:
            return any((body := standing.sender_of(item)) is not None and body.pk == acting.body for item in steps)


def sees_all(acting: Acting, standing: CaseStanding) -> bool:
    """Whether a person's role sees every case."""
    role = standing.posts.role(acting.role)
    return role is not None and role.sees == "all"


def rights(acting: Acting, standing: CaseStanding) -> list[Right]:
    """Return everything a person may do in a case now, in the order of the pack."""
    found = []
    for rule in standing.posts.acts:
        if rule.id == "open":
            continue
        names = [item.step.id for item in standing.plan.steps] if rule.id in STEP_ACTS else [""]
        found += [Right(rule, name) for name in names if may(acting, rule.id, standing, name)]
    return found
