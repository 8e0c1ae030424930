"""A pool of experts, and a case that wants their review."""

from __future__ import annotations

import pytest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.casework.procedures.experts.domain.pool import keep_expert
from huancheng.platform.casework.procedures.experts.models import Expert


@pytest.fixture
def officer(acting):
    return acting("市专班办公室", "officer")


@pytest.fixture
def expert(db, officer):
    """Return a function that takes an expert into the pool and returns them with how they act."""

    def make(number: int, *, fields=("规划",), employer=None) -> tuple[Expert, Acting]:
        committee = Body.objects.get(name="市城市更新专家委员会")
        person = Person.objects.create(username=f"expert-{number}", name=f"专家{number}")
        post = Post.objects.create(person=person, body=committee, role="expert")
        made = keep_expert(person.pk, officer, fields=fields, employer=employer)
        return made, Acting(person.pk, committee.pk, "expert", committee.name, post=post.pk)

    return make


@pytest.fixture
def pool(expert):
    """Seven experts, by their id."""
    return {made.pk: acting for made, acting in (expert(number) for number in range(1, 8))}


@pytest.fixture
def exception(case_in):
    """A red-line exception whose expert review is due; two thirds must agree."""
    return case_in("red_line_exception", "experts")


@pytest.fixture
def plain(case_in):
    """A pre-protection whose expert review sets no vote rule."""
    return case_in("pre_protection", "experts")
