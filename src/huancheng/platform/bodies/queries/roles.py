"""Roles of the pack in force: their names, and which of them need a second factor or a timed session."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from huancheng.platform.common.law_in_force import law_in_force
from huancheng.policy.provisions.posts import PostRole, PostRules


def post_rules() -> PostRules:
    """Return the rules of posts of the pack in force."""
    return law_in_force().posts


def role_named(role: str) -> PostRole | None:
    """Return a role of the pack; None for one it no longer has."""
    return post_rules().role(role)


def role_title(role: str) -> str:
    """Return a role's name in the language of the page; the id of one the pack no longer has."""
    found = role_named(role)
    if found is None:
        return role
    return found.english if get_language() == "en" else found.title


def needs_second_factor(role: str) -> bool:
    """Whether a role can only be exercised after a one-time code: the pack asks it, the installation doesn't waive."""
    found = role_named(role)
    return found is not None and found.second_factor and settings.SECOND_FACTOR == "required"
