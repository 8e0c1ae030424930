"""Who acts: bodies, roles resolved by jurisdiction, jurisdictions."""

from huancheng.policy.bodies.model import Body, Jurisdiction, JurisdictionKind, Level, Role, Seat
from huancheng.policy.bodies.resolve import ResolvedBody, resolve_body

__all__ = ["Body", "Jurisdiction", "JurisdictionKind", "Level", "ResolvedBody", "Role", "Seat", "resolve_body"]
