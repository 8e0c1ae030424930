"""Telling other programs that a case moved."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.db import transaction

from huancheng.evidence import InputFault
from huancheng.platform.api.models import Delivery, Webhook
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.common import clock

PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""How long to wait after each try that failed; then it is given up."""

_PATIENCE = (5, 10)
"""Seconds to connect and to answer."""


def check_address(address: str) -> None:
    """Refuse an address whose host the administrator has not named: nothing else may be reached from this machine.

    Raises
    ------
    InputFault
        If the address is no plain http(s) URL, or its host and port are not in `HUANCHENG_WEBHOOK_HOSTS`.
    """
    parts = urlsplit(address)
    try:
        place = f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
    except ValueError as error:
        raise InputFault("网址的端口不对", field="address", cure="请核对网址") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise InputFault("网址须以 http:// 或 https:// 开头，且不含用户名和密码", field="address", cure="请核对网址")
    if place not in settings.WEBHOOK_HOSTS and parts.hostname not in settings.WEBHOOK_HOSTS:
        raise InputFault("这个主机不在允许名单内", field="address", cure="请管理员把它加入 HUANCHENG_WEBHOOK_HOSTS")


def add_webhook(acting: Acting, name: str, address: str, acts: list[str]) -> Webhook:
    """Let a program be told of what a post may see.

    Raises
    ------
    InputFault
        If the address is not allowed, or the person acts from no post of their own.
    """
    if acting.person is None or acting.post is None or acting.on_behalf_of is not None:
        raise InputFault("只能以本人担任的岗位订阅", field="post", cure="请先在右上角切换到本人的岗位")
    check_address(address)
    with transaction.atomic():
        hook = Webhook.objects.create(
            name=name, person_id=acting.person, post_id=acting.post, address=address, secret=secrets.token_hex(32),
            acts=acts, created_at=clock.now(),
        )  # fmt: skip
        append(f"person:{acting.person}", "webhook.added", acting, {"webhook": hook.pk, "acts": acts})
    return hook


def remove_webhook(hook: Webhook, acting: Acting) -> None:
    """Tell a program nothing more; what was delivered stays on record."""
    with transaction.atomic():
        hook.active = False
        hook.save(update_fields=["active"])
        append(f"person:{hook.person_id}", "webhook.removed", acting, {"webhook": hook.pk})


def announce(case: int, act: str, step: str) -> list[Delivery]:
    """Queue the telling of an act to every webhook whose post may see the case; returns what was queued."""
    hooks = [hook for hook in Webhook.objects.filter(active=True) if not hook.acts or act in hook.acts]
    row = Case.objects.get(pk=case)
    payload = {
        "event": f"case.{act}", "case": case, "number": row.number, "instrument": row.instrument, "step": step,
        "status": row.status, "version": row.version, "at": clock.now().isoformat(),
    }  # fmt: skip
    queued = [Delivery(webhook=hook, payload=payload, next_try=clock.now(), created_at=clock.now())
              for hook in hooks if _may_be_told(hook, case)]  # fmt: skip
    return Delivery.objects.bulk_create(queued)


def _may_be_told(hook: Webhook, case: int) -> bool:
    acting = next((item for item in choices_for(hook.person_id) if item.post == hook.post_id), None)
    return hook.person.is_active and visible_cases(acting).filter(pk=case).exists()


def sign(secret: str, body: bytes) -> str:
    """Return the signature that goes with a telling: HMAC-SHA-256 of its bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def deliver(delivery: Delivery) -> bool:
    """Try a telling once; returns whether it arrived. A failure is tried again later, at last given up."""
    hook = delivery.webhook
    body = json.dumps({"delivery": delivery.pk, **delivery.payload}, ensure_ascii=False, sort_keys=True).encode()
    headers = {"Content-Type": "application/json", "X-Huancheng-Signature": sign(hook.secret, body)}
    arrived, answer = _post(hook.address, body, headers)
    delivery.tries += 1
    delivery.answer = answer[:120]
    if arrived:
        delivery.status = Delivery.Status.DONE
    elif delivery.tries > len(PAUSES) or not hook.active:
        delivery.status = Delivery.Status.GIVEN_UP
    else:
        delivery.next_try = clock.now() + PAUSES[delivery.tries - 1]
    delivery.save()
    return arrived


def _post(address: str, body: bytes, headers: dict[str, Any]) -> tuple[bool, str]:
    try:
        check_address(address)
        with requests.post(
            address, data=body, headers=headers, timeout=_PATIENCE, allow_redirects=False, stream=True
        ) as response:
            return response.ok and not response.is_redirect, f"HTTP {response.status_code}"
    except InputFault as fault:
        return False, fault.message
    except requests.RequestException as error:
        return False, type(error).__name__


def deliver_waiting() -> int:
    """Try everything that is due; returns how many arrived."""
    due = Delivery.objects.filter(status=Delivery.Status.WAITING, next_try__lte=clock.now()).select_related("webhook")
    return sum(deliver(delivery) for delivery in due.order_by("id")[:200])
