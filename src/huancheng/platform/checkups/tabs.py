"""The parts of a check-up as tabs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.checkups.models import CheckupRunRecord

_TABS = (("checkups:run", _("指标")), ("checkups:problems", _("问题清单")), ("checkups:actions", _("整治建议")))


def tabs_of(run: CheckupRunRecord, here: str) -> list[tuple[str, str, bool]]:
    """Return words, address and whether it is the page shown."""
    return [(str(words), reverse(name, args=[run.pk]), name == here) for name, words in _TABS]
