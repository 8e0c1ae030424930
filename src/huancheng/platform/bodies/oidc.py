"""Signing in by the organisation's identity provider (OIDC); off unless it is set."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from huancheng.platform.bodies.models import Person


class KnownPersonBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Finds the person whose user name the provider claims. Makes nobody, gives no post, changes no data."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Whether the provider named a user at all; a mail address doesn't do, since providers let people change it."""
        return bool(self._username(claims))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Person]:
        """Return the one who has the user name and may sign in; nobody otherwise."""
        username = self._username(claims)
        return Person.objects.filter(username=username, is_active=True) if username else Person.objects.none()

    def create_user(self, claims: dict[str, Any]) -> None:
        """Make nobody."""

    def update_user(self, user: Person, claims: dict[str, Any]) -> Person:
        """Change nothing."""
        del claims
        return user

    def _username(self, claims: dict[str, Any]) -> str:
        return str(claims.get(settings.OIDC_USERNAME_CLAIM) or "").strip().lower()
