"""Who may see a case is decided in the query, by role and body; a person who was assigned one sees that one only."""

from __future__ import annotations

import pytest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import PersonSight
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import sees
from tests.platform.casework.walking import Walk, day

pytestmark = pytest.mark.django_db

EXPERTS = "市城市更新专家委员会"


def test_an_expert_sees_what_was_assigned_to_them_and_nothing_else(plan, acting, unit):
    with day(0):
        other = Walk.begin(acting, "unit_plan", unit(key="U2"))
    expert, colleague = acting(EXPERTS, "expert"), acting(EXPERTS, "expert", 2)
    PersonSight.objects.create(case=plan.case, person_id=expert.person)
    assert [case.pk for case in visible_cases(expert)] == [plan.pk]
    assert list(visible_cases(colleague)) == []
    assert sees(expert, plan.standing)
    assert not sees(colleague, plan.standing)
    assert not sees(expert, other.standing)


@pytest.mark.parametrize(
    ("body", "role", "seen"),
    [
        ("临河县人民政府", "approver", True),
        ("市专班办公室", "officer", True),
        ("市专班办公室", "auditor", True),
        ("平野县人民政府", "approver", False),
        ("平野县人民政府", "expert", False),
        ("临河县人民政府", "emperor", False),
    ],
)
def test_the_query_and_the_rule_agree(body, role, seen, plan, acting):
    who = acting(body, role)
    assert visible_cases(who).filter(pk=plan.pk).exists() is seen
    assert sees(who, plan.standing) is seen


def test_nobody_sees_without_a_post(plan):
    assert list(visible_cases(None)) == []
    assert list(visible_cases(Acting(1))) == []
    assert list(visible_cases(Acting(1, None, "officer"))) == []
