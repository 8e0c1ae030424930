"""Posts as a pack tells them: which roles exist, and which of them may do what in a case."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack import PackModel
from huancheng.policy.routes.model import StepKind


class Standing(StrEnum):
    """How a body stands to a case."""

    STEP = "step"
    """It acts in the step, by the route or by delegation."""
    THROUGH = "through"
    """Its clerks record what the step's body decides."""
    SENDER = "sender"
    """It sends the papers of the step."""
    AUTHOR = "author"
    """It wrote the contents that the step examines, or its clerks record for who did."""
    OPENER = "opener"
    """It opened the case."""
    OFFICE = "office"
    """It is the office that keeps the whole chain."""
    SIGHT = "sight"
    """It may see the case."""


class PostRole(PackModel):
    """A role a person can have in a body.

    Parameters
    ----------
    id, title, english
        Names.
    sees
        `body`: cases its body takes part in; `all`: every case; `assigned`: only what was assigned to the person.
    second_factor
        Whether signing in needs a one-time code.
    elevates
        Whether its power needs a timed session with a reason.
    """

    id: str
    title: str
    english: str
    sees: Literal["body", "all", "assigned"] = "body"
    second_factor: bool = False
    elevates: bool = False


class ActRule(PackModel):
    """Who may do an act in a case.

    Parameters
    ----------
    id, title, english
        Names of the act.
    roles
        Roles that may do it; empty: those that carry out the kind of step (`steps`).
    at
        How their body must stand to the case.
    also
        Per kind of step: how else it may stand there.
    paper
        Whether the number of a paper must be given.
    reason
        Whether a reason must be given.
    """

    id: str
    title: str
    english: str
    roles: tuple[str, ...] = ()
    at: tuple[Standing, ...]
    also: dict[StepKind, tuple[Standing, ...]] = Field(default_factory=dict)
    paper: bool = False
    reason: bool = False

    def standings(self, kind: StepKind | None) -> tuple[Standing, ...]:
        """Return how a body must stand for it, in a step of a kind or in the case as a whole."""
        return self.at + (self.also.get(kind, ()) if kind else ())


class Duty(PackModel):
    """Something a role may do that belongs to no case, as keeping the city's data.

    Parameters
    ----------
    id, title, english
        Names of the duty.
    roles
        Roles that carry it; one that elevates carries it in a timed session only.
    bodies
        Bodies or jurisdiction-dependent roles whose people carry it, beside the office; empty: those of any body.
    """

    id: str
    title: str
    english: str
    roles: tuple[str, ...]
    bodies: tuple[str, ...] = ()


class PostRules(PackModel):
    """Roles, and who does what.

    Parameters
    ----------
    source, basis, certainty
        Whose rule it is; the policy names bodies, never posts, so that all of it is a default an office adjusts.
    office
        Body that keeps the whole chain.
    roles
        The roles.
    steps
        Per kind of step: roles that carry it out in the step's body.
    acts
        The acts.
    duties
        What belongs to no case.
    amber_days
        Working days before a deadline from which its light is amber.
    reminder_days
        Working days before a deadline on which its holder is reminded.
    escalation_days
        Working days after a deadline on which it is put before the office (督办).
    """

    source: str = ""
    basis: Basis
    certainty: Certainty
    office: str
    roles: tuple[PostRole, ...]
    steps: dict[StepKind, tuple[str, ...]]
    acts: tuple[ActRule, ...]
    duties: tuple[Duty, ...] = ()
    amber_days: int
    reminder_days: tuple[int, ...]
    escalation_days: tuple[int, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        known = {role.id for role in self.roles}
        used = {name for names in self.steps.values() for name in names}
        used |= {name for act in self.acts for name in act.roles}
        used |= {name for duty in self.duties for name in duty.roles}
        if unknown := sorted(used - known):
            raise ValueError(f"these roles are not in the list of roles: {', '.join(unknown)}")
        if missing := [kind.value for kind in StepKind if not self.steps.get(kind)]:
            raise ValueError(f"nobody carries out steps of the kinds: {', '.join(missing)}")
        return self

    def role(self, name: str) -> PostRole | None:
        """Return a role by id; None where there is none."""
        return next((role for role in self.roles if role.id == name), None)

    def act(self, name: str) -> ActRule:
        """Return an act by id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for act in self.acts:
            if act.id == name:
                return act
        raise KeyError(name)

    def carries(self, duty: str, role: str, *, elevated: bool) -> bool:
        """Whether a role carries a duty; one that elevates does so only while its timed session is open."""
        held = self.role(role)
        named = any(item.id == duty and role in item.roles for item in self.duties)
        return named and held is not None and (elevated or not held.elevates)

    def bodies_of(self, duty: str) -> frozenset[str]:
        """Return the references of the bodies whose people carry a duty, the office among them; empty: any body."""
        named = {name for item in self.duties if item.id == duty for name in item.bodies}
        return frozenset(named | {self.office}) if named else frozenset()

    def roles_for(self, act: ActRule, kind: StepKind | None) -> tuple[str, ...]:
        """Return the roles that may do an act in a step of a kind."""
        return act.roles or (self.steps[kind] if kind else ())
