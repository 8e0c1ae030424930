"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.atlas"
    label = "atlas"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "一张图"

    def ready(self) -> None:
        """Offer the map in the rail; name snapshots in the log."""
        from huancheng.platform.atlas.naming import offer_names
        from huancheng.platform.atlas.rules import may_open_map
        from huancheng.platform.common.rail import RailEntry, add_to_rail

        add_to_rail(RailEntry("一张图", "atlas:map", may_open_map))
        offer_names()
