"""Tables of bodies and people."""

from huancheng.platform.bodies.models.body import Body, FormerName, Membership
from huancheng.platform.bodies.models.person import Delegation, Person, Post
from huancheng.platform.bodies.models.presence import Elevation, Presence, StagedPeople
from huancheng.platform.bodies.models.territory import Division, ManagedArea

__all__ = [
    "Body",
    "Delegation",
    "Division",
    "Elevation",
    "FormerName",
    "ManagedArea",
    "Membership",
    "Person",
    "Post",
    "Presence",
    "StagedPeople",
]
