"""The page of a case tells where it stands, and offers only what the reader may do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huancheng.platform.casework.domain.opening import open_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(acting, unit):
    return open_case("unit_plan", unit(), acting("临河县指定的编制部门", "compiler")).case


def test_the_headline_says_what_the_case_waits_for(case, client_as):
    page = client_as("临河县人民政府", "approver").get(reverse("casework:case", args=[case.pk]))
    assert page.status_code == 200
    assert "等待前置条件：专项规划已批准" in page.content.decode()


def test_a_case_out_of_sight_is_not_there(case, client_as):
    assert client_as("平野县人民政府", "approver").get(reverse("casework:case", args=[case.pk])).status_code == 404
