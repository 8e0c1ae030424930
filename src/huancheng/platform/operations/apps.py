"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "运维"

    def ready(self) -> None:
        """Offer the page of operations."""
        from huancheng.platform.common.management import ManagementPage, add_to_management
        from huancheng.platform.operations.rules import may_operate

        add_to_management(ManagementPage(9, _("运行维护"), "operations:state", may_operate))
