"""The rule of the draw: never a conflict, whatever the pool; the same seed gives the same order."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from huancheng.platform.casework.procedures.experts.draw import Candidate, Exclusion, exclusions, order_of_call

few = st.integers(1, 6)
some = st.frozensets(few, max_size=3)
words = st.frozensets(st.sampled_from(["规划", "结构", "消防"]), max_size=2)
pools = st.lists(
    st.builds(Candidate, st.integers(1, 50), words, st.none() | few, bodies=some, subjects=some, posts=some),
    max_size=12,
    unique_by=lambda item: item.expert,
)


@given(pools, some, few, words, st.text(max_size=8))
def test_nobody_with_a_conflict_is_ever_called(pool, parties, subject, fields, seed):
    eligible = [item.expert for item in pool if not exclusions(item, parties=parties, subject=subject, fields=fields)]
    by_id = {item.expert: item for item in pool}
    for called in order_of_call(seed, eligible):
        found = by_id[called]
        assert found.employer not in parties
        assert not found.bodies & parties
        assert not found.posts & parties
        assert subject not in found.subjects
        assert not fields or found.fields & fields


@given(pools, some, few, words)
def test_whoever_is_left_out_has_a_reason(pool, parties, subject, fields):
    for item in pool:
        reasons = exclusions(item, parties=parties, subject=subject, fields=fields)
        held = {
            Exclusion.EMPLOYER: item.employer in parties,
            Exclusion.BODY: bool(item.bodies & parties),
            Exclusion.SUBJECT: subject in item.subjects,
            Exclusion.POST: bool(item.posts & parties),
            Exclusion.FIELD: bool(fields) and not item.fields & fields,
        }
        assert reasons == tuple(reason for reason, holds in held.items() if holds)


@given(st.lists(st.integers(1, 500), unique=True, max_size=30), st.randoms(), st.text(max_size=8))
def test_the_order_depends_on_the_seed_and_on_nothing_else(experts, chance, seed):
    shuffled = list(experts)
    chance.shuffle(shuffled)
    assert order_of_call(seed, shuffled) == order_of_call(seed, experts)


@given(st.lists(st.integers(1, 500), unique=True, min_size=1, max_size=30), st.text(max_size=8))
def test_who_leaves_the_pool_changes_nothing_for_the_others(experts, seed):
    order = order_of_call(seed, experts)
    assert order_of_call(seed, experts[1:]) == [item for item in order if item != experts[0]]


def test_anyone_can_repeat_the_draw_with_a_hash():
    ranks = {number: hashlib.sha256(f"5eed:{number}".encode()).hexdigest() for number in range(1, 20)}
    assert order_of_call("5eed", range(1, 20)) == sorted(ranks, key=ranks.__getitem__)


def test_every_expert_is_first_about_equally_often():
    first = [order_of_call(str(seed), range(5))[0] for seed in range(1000)]
    assert all(160 < first.count(number) < 240 for number in range(5))
