"""Sentences saved for opinions and answers belong to one person, are found again, and go with their data."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.saved_answers import LONGEST, MOST, drop_answer, save_answer
from huancheng.platform.casework.models import SavedAnswer
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(acting):
    """Somebody of the office."""
    return acting(OFFICE, "officer")


def test_a_sentence_is_saved_once_and_without_what_surrounds_it(officer):
    first = save_answer("  同意。\n", officer)
    assert (first.text, save_answer("同意。", officer)) == ("同意。", first)


@pytest.mark.parametrize("text", ["", "  \n", "长" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(text, officer):
    with pytest.raises(InputFault):
        save_answer(text, officer)
    assert not SavedAnswer.objects.exists()


def test_the_list_stays_short_enough_to_be_read(officer):
    for number in range(MOST):
        save_answer(f"第{number}条", officer)
    with pytest.raises(InputFault, match="最多"):
        save_answer("再来一条", officer)
    assert save_answer("第0条", officer).text == "第0条"


def test_nobody_else_drops_a_sentence_and_the_program_has_none(officer, acting):
    saved = save_answer("同意。", officer)
    assert not drop_answer(saved.pk, acting(OFFICE, "officer", 2))
    assert SavedAnswer.objects.get() == saved
    assert drop_answer(saved.pk, officer)
    assert not SavedAnswer.objects.exists()
    with pytest.raises(NotAllowed):
        save_answer("同意。", PROGRAM)


def test_sentences_go_when_a_persons_data_are_erased(officer, acting):
    save_answer("同意。", officer)
    other = save_answer("同意。", acting(OFFICE, "officer", 2))
    person = Person.objects.get(pk=officer.person)
    person.erased_at = clock.now()
    person.save()
    assert list(SavedAnswer.objects.all()) == [other]
