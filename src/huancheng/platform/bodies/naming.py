"""Names of people and bodies for those who read the log, and words for what was done about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import Naming, register_naming, register_titles
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.bodies.queries.happenings import WORDS

MOST = 1000
"""Things that a search takes into account."""

BESIDE = {
    "elevation.opened": _("开启管理会话"),
    "elevation.closed": _("结束管理会话"),
    "elevation.request": _("管理会话中的操作"),
    "people.imported": _("批量导入人员"),
}
"""Words for what stands on no person's or body's page."""


def offer_names() -> None:
    """Offer names and words; called when the app is ready."""
    register_naming(
        "person", Naming(_("人员"), _people, _find_people, lambda number: reverse("bodies:person", args=[number]))
    )
    register_naming(
        "body", Naming(_("单位"), _bodies, _find_bodies, lambda number: reverse("bodies:body", args=[number]))
    )
    register_naming("elevation", Naming(_("管理会话"), _as_numbered))
    register_naming("import", Naming(_("人员导入"), _as_numbered))
    register_titles({**WORDS, **BESIDE})


def _as_numbered(_numbers: Collection[int]) -> Mapping[int, str]:
    """Return no names: the log tells timed sessions and imports by number."""
    return {}


def _people(numbers: Collection[int]) -> Mapping[int, str]:
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=numbers)}


def _find_people(words: str) -> Iterable[int]:
    found = Person.objects.filter(Q(name__icontains=words) | Q(username__iexact=words))
    return found.order_by("pk").values_list("pk", flat=True)[:MOST]


def _bodies(numbers: Collection[int]) -> Mapping[int, str]:
    return {body.pk: str(body) for body in Body.objects.filter(pk__in=numbers)}


def _find_bodies(words: str) -> Iterable[int]:
    return Body.objects.filter(name__icontains=words).order_by("pk").values_list("pk", flat=True)[:MOST]
