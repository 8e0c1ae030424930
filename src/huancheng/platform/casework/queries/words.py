"""The words for what the register holds as ids, in the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.telling import CASE_STATUS
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.state import CaseStatus

OWN_ACTS = {
    "opened": _("发起"),
    "escalate": _("列入督办"),
    "adopt_calendar": _("采用新日历"),
    "refuse_record": _("复核不通过"),
}
"""Acts of the log that no post carries out, or that have another name there."""


def step_word(kind: str) -> str:
    """Return the official word for a kind of step."""
    return gettext(StepKind(kind).official)


def instrument_word(instrument: str) -> str:
    """Return an instrument's name; its id where the pack in force no longer has it."""
    book = current_book()
    return gettext(book.instruments[instrument].title) if instrument in book.instruments else instrument


def jurisdiction_word(jurisdiction: str) -> str:
    """Return a jurisdiction's name; its id where the pack in force no longer has it."""
    book = current_book()
    return book.jurisdictions[jurisdiction].title if jurisdiction in book.jurisdictions else jurisdiction


def act_word(act: str) -> str:
    """Return the word for an act of the log; its id where nobody knows it."""
    rule = next((rule for rule in current_book().posts.acts if rule.id == act), None)
    if rule is None:
        return gettext(OWN_ACTS[act]) if act in OWN_ACTS else act
    return rule.english if get_language() == "en" else rule.title


def status_word(status: str) -> str:
    """Return the word for where a case stands."""
    return gettext(CASE_STATUS[CaseStatus(status)])
