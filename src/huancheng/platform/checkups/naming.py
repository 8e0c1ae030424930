"""Names of check-ups for those who read the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import Naming, register_naming, register_titles
from huancheng.platform.checkups.models import CheckupRunRecord


def offer_names() -> None:
    """Offer names and words; called when the app is ready."""
    register_titles({"checkup.taken": _("载入体检成果")})
    register_naming("checkup", Naming(_("城市体检"), _runs, url=lambda number: reverse("checkups:run", args=[number])))


def _runs(numbers: Collection[int]) -> Mapping[int, str]:
    return {run.pk: str(run) for run in CheckupRunRecord.objects.filter(pk__in=numbers)}
