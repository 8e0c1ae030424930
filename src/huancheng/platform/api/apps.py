"""Django's entry for this app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "接口"

    def ready(self) -> None:
        """Tell webhooks of every act, by a job; name what is logged about keys."""
        from huancheng.platform.api.naming import offer_names
        from huancheng.platform.casework.signals import case_moved

        case_moved.connect(_enqueue, dispatch_uid="api.webhooks")
        offer_names()


def _enqueue(case: int, act: str, step: str, **_: Any) -> None:
    from huancheng.platform.api.jobs import tell_webhooks
    from huancheng.platform.api.models import Webhook

    if Webhook.objects.filter(active=True).exists():
        tell_webhooks.enqueue(case, act, step)
