"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "审批"

    def ready(self) -> None:
        """Offer the worklist and the lists of cases in the rail; let procedures guard the steps they run in."""
        from huancheng.platform.casework.procedures.ready import offer_procedures

        offer_procedures()
        from huancheng.platform.casework.worklist_ready import offer_worklist

        offer_worklist()
        from huancheng.platform.casework.paper_ready import offer_papers

        offer_papers()
        from huancheng.platform.casework.naming import offer_names

        offer_names()
