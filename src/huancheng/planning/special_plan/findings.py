"""What the check-up found, and the goal the plan sets against each finding (五(一), 五(二))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huancheng.checkup import CheckupRun
from huancheng.evidence import InputFault, Provenance, State, Value
from huancheng.planning.special_plan.input import ReadInput


@dataclass(frozen=True, slots=True)
class CheckupCited:
    """The version of a check-up a plan rests on."""

    system: str
    title: str
    snapshot: str
    as_of: str
    digest: str
    pack: str


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """A finding carried into the plan.

    Parameters
    ----------
    indicator, name, group
        The indicator.
    problem
        What was found, in the check-up's words.
    figure
        The city's figure, as the check-up stored it.
    action
        What the check-up advises.
    goal, target
        What the plan sets against it; empty where it says nothing yet.
    """

    indicator: str
    name: str
    group: str
    problem: str
    figure: Value
    action: str
    goal: str = ""
    target: str = ""

    @property
    def answered(self) -> bool:
        """Whether the plan sets a goal against it."""
        return bool(self.goal)


def cite(run: CheckupRun) -> CheckupCited:
    """Return the version of a run."""
    system, snapshot = run.meta["system"], run.meta["snapshot"]
    return CheckupCited(
        system["id"], system["title"], snapshot.get("title", ""), str(snapshot.get("as_of", "")),
        str(snapshot.get("digest", "")), str(run.meta["pack"].get("digest", "")),
    )  # fmt: skip


def goals_of(runs: Sequence[CheckupRun], given: ReadInput) -> tuple[PlanGoal, ...]:
    """Return one goal for each problem of the check-ups, in their order.

    Raises
    ------
    InputFault
        If a goal answers an indicator under which no problem was found.
    """
    answers = {goal.indicator: goal for goal in given.words.goals}
    found = []
    for run in runs:
        values = run.headline.drop_duplicates("indicator").set_index("indicator")
        for row in run.actions.itertuples():
            indicator = str(row.indicator)
            answer = answers.get(indicator)
            found.append(
                PlanGoal(
                    indicator, str(row.indicator_name), str(row.group), str(row.problem),
                    _value(values.loc[indicator].to_dict()), str(row.action),
                    answer.goal if answer else "", answer.target if answer else "",
                )
            )  # fmt: skip
    strange = sorted(set(answers) - {goal.indicator for goal in found})
    if strange and runs:
        message = f"no problem was found under {strange[0]!r}"
        raise InputFault(message, file=given.file, field="goals.indicator", cure="use an indicator of the problem list")
    return tuple(found)


def _value(row: Mapping[Any, Any]) -> Value:
    state, unit = State(str(row["state"])), str(row["unit"])
    if state is not State.KNOWN:
        return Value(None, unit, state=state, note=str(row["note"] or ""))
    provenance = Provenance(str(row["provenance"]))
    return Value(float(str(row["amount"])), unit, source=str(row["source"] or ""), provenance=provenance)
