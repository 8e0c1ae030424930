"""Every shipped table against an independent engine."""

import random

import pytest
import zen_witness
from random_cases import random_case

from huancheng.policy.tables.model import HitPolicy


def _agrees(book, compiled, engine, count):
    chance = random.Random(compiled.table.id)  # noqa: S311
    for _ in range(count):
        case = random_case(book, compiled, chance)
        answer = compiled.decide(book.catalogue.read(case))
        assert answer.status != "needs_data", case
        theirs = zen_witness.rows(engine.evaluate(compiled.table.id, case))
        ours = [row.id for row in answer.rows] + [item.row.id for item in answer.beaten]
        if compiled.table.hit is HitPolicy.PRIORITY:
            assert sorted(ours) == sorted(theirs), case
        else:
            assert ours == theirs, case


@pytest.fixture(scope="module")
def engine(book):
    return zen_witness.engine(list(book.compiled.values()))


def test_all_tables_agree_with_the_witness(book, engine):
    for compiled in book.compiled.values():
        _agrees(book, compiled, engine, 250)


@pytest.mark.slow
def test_all_tables_agree_with_the_witness_on_a_hundred_thousand_cases_each(book, engine):
    for compiled in book.compiled.values():
        _agrees(book, compiled, engine, 100_000)
