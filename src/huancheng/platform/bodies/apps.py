"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        """Offer the parts of the frame, and listen to sign-ins."""
        from huancheng.platform.bodies import frame, receivers  # noqa: F401 - connects the receivers
        from huancheng.platform.common.frame import PARTS
        from huancheng.platform.common.rail import RailEntry, add_to_rail

        PARTS.acting_choices, PARTS.acting_url = frame.acting_choices, "bodies:act-as"
        PARTS.sign_out_url, PARTS.account_url = "bodies:sign-out", "bodies:account"
        add_to_rail(RailEntry("管理", "bodies:tree", lambda acting: acting is not None, "settings"))
