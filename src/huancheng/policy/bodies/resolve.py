"""Which body a step of a route means in a jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.evidence import Basis
from huancheng.policy.bodies.model import Body, Jurisdiction, Level, Role
from huancheng.policy.pack.collection import Collection


@dataclass(frozen=True, slots=True)
class ResolvedBody:
    """A body found.

    Parameters
    ----------
    name
        Official name.
    reference
        Body or role the step names.
    level
        Rank.
    basis
        `default` where the policy is silent about this kind of jurisdiction, else the entry's own basis.
    """

    name: str
    reference: str
    level: Level | None
    basis: Basis


def resolve_body(
    reference: str, jurisdiction: Jurisdiction, bodies: Collection[Body], roles: Collection[Role]
) -> ResolvedBody | None:
    """Return the body a reference means in a jurisdiction, or None where the pack does not tell."""
    if reference in bodies:
        body = bodies[reference]
        return ResolvedBody(body.title, reference, body.level, body.basis)
    if reference not in roles:
        return None
    role = roles[reference]
    name = role.exceptions.get(jurisdiction.id) or role.by_kind.get(jurisdiction.kind)
    if not name:
        return None
    basis = Basis.DEFAULT if jurisdiction.kind in role.default_for else role.basis
    if name in bodies:
        name = bodies[name].title
    return ResolvedBody(name.replace("{name}", jurisdiction.title), reference, role.level, basis)
