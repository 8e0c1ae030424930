"""Which steps of a case may begin: what holds them, and what has been passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import Plan, PlannedStep
from huancheng.policy.routes.state import CaseState, CaseStatus, StepState, StepStatus


def blocks(planned: PlannedStep, state: StepState) -> bool:
    """Whether a step keeps later steps from beginning."""
    if not planned.step.holds:
        return False
    return not state.status.lets_pass if planned.step.gate else not state.status.is_over


def unmet(plan: Plan, met: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of preconditions that are not met."""
    return tuple(item.id for item in plan.preconditions if item.id not in met)


def advance(plan: Plan, state: CaseState, day: date) -> CaseState:
    """Make every step ready that nothing holds, drop steps ruled out, and close the case when all is over.

    Parameters
    ----------
    plan
        The route made out from the case's facts.
    state
        The case.
    day
        Day of the event that brought the change.
    """
    if state.status is not CaseStatus.OPEN:
        return state
    steps = {item.step.id: state.steps.get(item.step.id, StepState()) for item in plan.steps}
    held = bool(unmet(plan, state.met))
    stage: list[PlannedStep] = []
    for planned in plan.steps:
        if not planned.step.group or (stage and stage[-1].step.group != planned.step.group):
            held = held or any(blocks(item, steps[item.step.id]) for item in stage)
            stage = []
        stage.append(planned)
        current = steps[planned.step.id]
        if current.status is StepStatus.WAITING and not held and planned.applies:
            steps[planned.step.id] = replace(current, status=StepStatus.READY, ready_on=day)
    refused = any(item.step.gate and steps[item.step.id].status is StepStatus.REFUSED for item in plan.steps)
    finished = all(step.status.is_over for step in steps.values())
    status = CaseStatus.REFUSED if refused else CaseStatus.FINISHED if finished else CaseStatus.OPEN
    return replace(state, steps=steps, status=status)


def is_approved(plan: Plan, state: CaseState) -> bool:
    """Whether the deciding steps have passed: every approval, or every gate where the route has no approval."""
    deciding = [item for item in plan.steps if item.step.kind is StepKind.APPROVE]
    deciding = deciding or [item for item in plan.steps if item.step.gate]
    return all(state.steps[item.step.id].status.lets_pass for item in deciding if item.step.id in state.steps)


def is_cleared(plan: Plan, state: CaseState) -> bool:
    """Whether every gate has passed, also those that come after the approval."""
    gates = [item.step.id for item in plan.steps if item.step.gate]
    return is_approved(plan, state) and all(state.steps[name].status.lets_pass for name in gates if name in state.steps)
