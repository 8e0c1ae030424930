"""Tables of bodies and people."""

from huancheng.platform.bodies.models.body import Body, Membership
from huancheng.platform.bodies.models.person import Delegation, Person, Post

__all__ = ["Body", "Delegation", "Membership", "Person", "Post"]
