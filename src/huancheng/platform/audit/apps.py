"""Django's entry for this app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "审计"

    def ready(self) -> None:
        """Anchor and verify the log daily; keep the triggers in place; offer the page of the log."""
        from huancheng.platform.audit.domain.anchor import make_anchor
        from huancheng.platform.audit.naming import register_titles
        from huancheng.platform.audit.queries.verify import demand_whole_log
        from huancheng.platform.audit.rules import may_read_log
        from huancheng.platform.common.daily import register_daily
        from huancheng.platform.common.management import ManagementPage, add_to_management

        register_daily("audit-anchor", lambda _day: make_anchor())
        register_daily("audit-verify", lambda _day: demand_whole_log())
        register_titles({"log.exported": _("导出审计日志")})
        add_to_management(ManagementPage(8, _("审计日志"), "audit:log", may_read_log))
        post_migrate.connect(_keep_guards, sender=self)


def _keep_guards(using: str, **_more: Any) -> None:
    """SQLite changes a table by making it anew, and its triggers are gone with the old one."""
    from huancheng.platform.audit import guards

    connection = connections[using]
    if {guards.EVENT, guards.ANCHOR, guards.WORDS} <= set(connection.introspection.table_names()):
        guards.install(connection)
