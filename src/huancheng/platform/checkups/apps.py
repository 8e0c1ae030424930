"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CheckupsConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.checkups"
    label = "checkups"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "城市体检"

    def ready(self) -> None:
        """Offer the check-ups in the rail; name them in the log."""
        from huancheng.platform.checkups.naming import offer_names
        from huancheng.platform.checkups.rules import may_read_checkups
        from huancheng.platform.common.rail import RailEntry, add_to_rail

        add_to_rail(RailEntry("城市体检", "checkups:runs", may_read_checkups))
        offer_names()
