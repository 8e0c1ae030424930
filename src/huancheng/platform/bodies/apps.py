"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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
        from huancheng.platform.bodies.naming import offer_names
        from huancheng.platform.bodies.rules import MANAGE, could_carry
        from huancheng.platform.common.management import ManagementPage, add_to_management

        offer_names()
        add_to_management(ManagementPage(1, _("机构"), "bodies:tree", lambda acting: acting is not None))
        add_to_management(ManagementPage(2, _("人员"), "bodies:people", lambda acting: could_carry(acting, MANAGE)))
