"""Who calls the API: a key, or the session of somebody who is signed in."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from huancheng.platform.api.domain.tokens import recognise
from huancheng.platform.audit.acting import Acting

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenAuth(HttpBearer):
    """`Authorization: Bearer hc_…`; the person acts from the post of the key."""

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        """Return who acts; None for a key that opens nothing.

        Raises
        ------
        HttpError
            403 if the key may only read and the call would change something.
        """
        found = recognise(token, str(uuid.uuid4()))
        if found is None:
            return None
        key, acting = found
        if request.method not in READING and not key.may_act:
            raise HttpError(403, "这把密钥只能读取")
        cast("Any", request).acting = acting
        return acting


class PageAuth(SessionAuth):
    """The session of the pages, with its CSRF check on everything that changes."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting | None:  # noqa: ARG002 - ninja's signature
        """Return who acts; None for visitors."""
        acting: Acting | None = getattr(request, "acting", None)
        return acting
