"""A fault as it is said to a person, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from huancheng.evidence import InputFault


def said(fault: InputFault) -> str:
    """Return what is wrong and what to do about it, in one line."""
    if not fault.cure:
        return fault.message
    return gettext("%(what)s。%(cure)s") % {"what": fault.message, "cure": fault.cure}


def listed(words: Iterable[str]) -> str:
    """Return words one after another, as the language of the page lists them."""
    return gettext("、").join(words)
