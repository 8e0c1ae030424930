"""The policy's clauses split into requirements in our own words, and the laws around it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack import Entry, PackModel


class Modality(StrEnum):
    """Force of a requirement."""

    SHALL = "shall"
    MAY = "may"
    MUST_NOT = "must_not"
    ENCOURAGE = "encourage"
    GOAL = "goal"
    DEFINE = "define"


class Blank(PackModel):
    """Something the policy leaves open, with our default.

    Parameters
    ----------
    what
        What is open: `approver`, `filer`, `deadline`, `period`, …
    default
        What the program does until the city decides.
    """

    what: str
    default: str


class Requirement(PackModel):
    """One atomic requirement.

    Parameters
    ----------
    id
        Stable id, cited by rows, steps and tests.
    modality
        Force.
    actor
        Who must act; None where the policy names nobody.
    actor_basis
        `seed` where the policy names the actor, `inferred` where it follows from the context, `default` where silent.
    default_actor
        Who acts by default where the actor is None.
    text
        What is required, in our words.
    condition
        When it is required.
    deadline
        Day the policy sets.
    blanks
        What the policy leaves open.
    rooms
        Parts of the program it concerns.
    check
        How the program proves or serves it.
    check_basis
        Whether the check is the policy's own test or our default.
    """

    id: str
    modality: Modality
    actor: str | None = None
    actor_basis: Literal["seed", "inferred", "default"]
    default_actor: str = ""
    text: str
    condition: str = ""
    deadline: date | None = None
    blanks: tuple[Blank, ...] = ()
    rooms: tuple[str, ...] = ()
    check: str = ""
    check_basis: Basis = Basis.DEFAULT
    basis: Basis
    certainty: Certainty
    note: str = ""

    @model_validator(mode="after")
    def _silence_is_marked(self) -> Self:
        if self.actor is None and self.actor_basis != "default":
            raise ValueError(f"requirement {self.id} names no actor and so needs actor_basis: default")
        if self.actor is not None and self.actor_basis == "default":
            raise ValueError(f"requirement {self.id}: an actor by default stands in default_actor, not in actor")
        return self


class Clause(Entry):
    """A numbered clause; its id is the number as printed (五(二)).

    Parameters
    ----------
    heading
        Heading of the clause, shortened.
    requirements
        What it requires, atom by atom.
    """

    heading: str
    requirements: tuple[Requirement, ...]


class Provision(PackModel):
    """One article of a law, in our words."""

    id: str
    article: str
    says: str
    basis: Basis
    certainty: Certainty
    effective_from: date | None = None
    effective_to: date | None = None
    note: str = ""


class LawDocument(Entry):
    """A law, regulation or notice around the policy.

    Parameters
    ----------
    title
        Official title and number.
    tier
        National, provincial, city, or another city's practice.
    provisions
        Articles cited, in our words.
    """

    title: str
    tier: Literal["nation", "province", "city", "practice"]
    provisions: tuple[Provision, ...] = Field(min_length=1)
