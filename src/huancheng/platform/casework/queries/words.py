"""The words for what the register holds as ids, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext

from huancheng.platform.casework.domain.law import current_book
from huancheng.policy.routes.model import StepKind


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
