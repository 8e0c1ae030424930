"""Giving out, recognising and taking back the keys of the API."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from django.db import transaction

from huancheng.evidence import InputFault
from huancheng.platform.api.models import Token
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.common import clock

LONGEST = timedelta(days=366)
"""A key lives at most a year."""

_MARK = "hc_"


def give_token(acting: Acting, name: str, *, expires_on: date, may_act: bool) -> tuple[Token, str]:
    """Make a key for the post somebody acts from; returns it and its text, which is shown this once.

    Parameters
    ----------
    acting
        Who asks; delegated posts get no keys.
    name
        What it is for.
    expires_on
        Last day it opens.
    may_act
        Whether it may change anything.

    Raises
    ------
    InputFault
        If there is no post of their own, or the day is past or too far.
    """
    if acting.person is None or acting.post is None or acting.on_behalf_of is not None:
        raise InputFault("只能为自己担任的岗位申请密钥", field="post", cure="请先在右上角切换到本人的岗位")
    today = clock.today()
    if not today <= expires_on <= today + LONGEST:
        raise InputFault("有效期须在今天到一年之内", field="expires_on", cure="请改到期日")
    prefix = _MARK + secrets.token_hex(4)
    text = f"{prefix}_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = Token.objects.create(
            name=name, person_id=acting.person, post_id=acting.post, prefix=prefix, digest=_digest(text),
            may_act=may_act, created_at=clock.now(), expires_on=expires_on,
        )  # fmt: skip
        data = {"token": prefix, "may_act": may_act, "expires_on": expires_on.isoformat()}
        append(f"person:{acting.person}", "token.given", acting, data)
    return token, text


def take_back(token: Token, acting: Acting) -> None:
    """Revoke a key; it opens nothing from now on."""
    with transaction.atomic():
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        append(f"person:{token.person_id}", "token.taken_back", acting, {"token": token.prefix})


def recognise(text: str, request: str) -> tuple[Token, Acting] | None:
    """Return the key of a text and how its person acts; None if it is unknown, over, revoked, or its post has ended.

    Parameters
    ----------
    text
        What the program sent.
    request
        Number of the request.
    """
    prefix = "_".join(text.split("_")[:2])
    today = clock.today()
    token = Token.objects.filter(
        prefix=prefix, revoked_at__isnull=True, expires_on__gte=today, person__is_active=True
    ).first()
    if token is None or not hmac.compare_digest(token.digest, _digest(text)):
        return None
    own = (item for item in choices_for(token.person_id, request=request) if item.on_behalf_of is None)
    acting = next((item for item in own if item.post == token.post_id), None)
    if acting is None:
        return None
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return token, acting


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
