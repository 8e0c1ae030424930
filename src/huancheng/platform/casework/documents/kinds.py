"""Which papers can be printed of a case, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.documents.approval_form import approval_form
from huancheng.platform.casework.documents.correction_notice import correction_notice
from huancheng.platform.casework.documents.dossier import Dossier
from huancheng.platform.casework.documents.filing_receipt import filed_step, filing_receipt
from huancheng.platform.casework.documents.form import Form
from huancheng.platform.casework.documents.opinion_sheet import opinion_sheets
from huancheng.platform.casework.documents.summary import summary
from huancheng.platform.casework.domain.standing import CaseStanding


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A paper that can be printed.

    Parameters
    ----------
    id, title
        Its name in addresses, and for people.
    compose
        Makes it.
    is_ready
        Whether the case has what it says.
    """

    id: str
    title: Promise
    compose: Callable[[Dossier], Form]
    is_ready: Callable[[CaseStanding], bool]


KINDS = {
    kind.id: kind
    for kind in (
        DocumentKind("approval-form", _("呈批表"), approval_form, lambda _standing: True),
        DocumentKind("opinion-sheet", _("征求意见单"), opinion_sheets, lambda _standing: True),
        DocumentKind(
            "correction-notice",
            _("补正通知书"),
            correction_notice,
            lambda standing: any(step.pauses for step in standing.state.steps.values()),
        ),
        DocumentKind(
            "filing-receipt", _("备案回执"), filing_receipt, lambda standing: filed_step(standing) is not None
        ),
        DocumentKind("summary", _("办理情况"), summary, lambda _standing: True),
    )
}


def ready_kinds(standing: CaseStanding) -> list[DocumentKind]:
    """Return the papers that can be printed of a case as it stands."""
    return [kind for kind in KINDS.values() if kind.is_ready(standing)]
