"""The pack in force, looked at again now and then: reading it is quick, asking whether it changed is not free."""

from __future__ import annotations

from time import monotonic

from django.conf import settings

from huancheng.policy.book import PolicyBook, load_book

LOOK_AGAIN = 10.0
"""Seconds after which the files of the pack are looked at again; a page asks for the law a hundred times."""

_LOOKED: dict[str, tuple[float, PolicyBook]] = {}


def law_in_force() -> PolicyBook:
    """Return the law under which new cases begin; a pack that was edited is seen within seconds, without a restart."""
    name, now = str(settings.PACK), monotonic()
    looked = _LOOKED.get(name)
    if looked is None or now - looked[0] > LOOK_AGAIN:
        looked = _LOOKED[name] = (now, load_book(settings.PACK))
    return looked[1]
