"""Who a call acts as, and what of the register they may reach."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases


def acting_of_call(request: HttpRequest) -> Acting:
    """Return who acts; every operation has been authenticated before."""
    acting: Acting = cast("Any", request).acting
    return acting


def case_or_404(acting: Acting, case: int) -> Case:
    """Return a case the caller may see.

    Raises
    ------
    Http404
        If there is none, or it is out of their sight.
    """
    found = visible_cases(acting).select_related("subject", "opened_by").filter(pk=case).first()
    if found is None:
        raise Http404("no such case")
    return found
