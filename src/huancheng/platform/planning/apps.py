"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "规划"

    def ready(self) -> None:
        """Offer the plans in the rail, what cases are about, their files and their names; follow the cases."""
        from huancheng.platform.common.rail import RailEntry, add_to_rail
        from huancheng.platform.planning.gates import add_gates
        from huancheng.platform.planning.naming import offer_names
        from huancheng.platform.planning.receivers import connect
        from huancheng.platform.planning.rules import may_read_plans
        from huancheng.platform.planning.subject_kinds import add_kinds

        add_to_rail(RailEntry("更新规划", "planning:special-plans", may_read_plans))
        add_kinds()
        add_gates()
        offer_names()
        connect()
