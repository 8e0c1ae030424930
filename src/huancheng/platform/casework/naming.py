"""Names of cases for those who read the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import Naming, register_naming, register_titles
from huancheng.platform.casework.models import Case

MOST = 1000
"""Cases that a search takes into account."""


def offer_names() -> None:
    """Offer names; called when the app is ready."""
    register_naming(
        "case", Naming(_("案卷"), _cases, _find_cases, lambda number: reverse("casework:case", args=[number]))
    )
    register_titles({"case.opened": _("发起案卷")})


def _cases(numbers: Collection[int]) -> Mapping[int, str]:
    return {case.pk: str(case) for case in Case.objects.filter(pk__in=numbers).only("number", "title")}


def _find_cases(words: str) -> Iterable[int]:
    found = Case.objects.filter(Q(number__istartswith=words) | Q(title__icontains=words))
    return found.order_by("pk").values_list("pk", flat=True)[:MOST]
