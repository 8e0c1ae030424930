"""Where each act of a case is done: other parts of the app name the pages of theirs."""

from __future__ import annotations

from django.urls import reverse

from huancheng.platform.casework.forms.acts import ACT_FORMS
from huancheng.platform.casework.rules import STEP_ACTS

_PAGES: dict[str, str] = {"edit": "casework:contents"}


def add_act_page(act: str, url_name: str) -> None:
    """Say on which page an act is done.

    Parameters
    ----------
    act
        Id of the act in the pack.
    url_name
        Name of a URL that takes the case's id and, for an act that concerns a step, the step's.
    """
    _PAGES[act] = url_name


def act_url(act: str, case: int, step: str = "") -> str:
    """Return the address of the page on which an act is done; empty where no page does it."""
    if act in _PAGES:
        by_step = act in STEP_ACTS and act != "edit"
        return reverse(_PAGES[act], args=[case, step] if by_step else [case])
    if act not in ACT_FORMS:
        return ""
    return reverse("casework:step-act", args=[case, act, step]) if step else reverse("casework:act", args=[case, act])
