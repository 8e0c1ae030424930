"""The API tells what the pages tell, to the same people, and acts by the same functions."""

from __future__ import annotations

import pytest
from django.test import Client

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models import Case

pytestmark = pytest.mark.django_db
COMPILER = ("临河县指定的编制部门", "compiler")
APPROVER = ("临河县人民政府", "approver")
OFFICER = ("市专班办公室", "officer")
STRANGER = ("平野县指定的编制部门", "compiler")


def post(client, path, **content):
    return client.post(f"/api/v1{path}", content, "application/json")


@pytest.fixture
def case(caller, unit):
    """A unit plan opened through the API, its precondition met."""
    opened = post(caller(*COMPILER), "/cases", instrument="城市更新单元规划", subject=unit().pk)
    assert opened.status_code == 200, opened.content
    number = opened.json()["case"]
    met = post(caller(*OFFICER), f"/cases/{number}/preconditions/special-plan", paper="示政字〔2026〕1号")
    assert met.json()["waiting"] == ["designate"]
    return number


def test_a_case_opened_by_a_program_is_the_same_case(case):
    row = Case.objects.get(pk=case)
    assert (row.route, row.status) == ("unit-plan-other", "open")
    assert Event.objects.filter(stream=row.stream, code="case.opened").count() == 1


def test_who_may_not_see_a_case_is_told_that_it_is_not_there(case, caller):
    stranger = caller(*STRANGER)
    assert stranger.get(f"/api/v1/cases/{case}").status_code == 404
    assert stranger.get(f"/api/v1/cases/{case}/log").status_code == 404
    assert post(stranger, f"/cases/{case}/steps/designate/complete").status_code == 404
    assert stranger.get("/api/v1/cases").json() == {"total": 0, "items": []}


def test_who_sees_but_may_not_act_is_refused_and_nothing_changes(case, caller):
    before = Case.objects.get(pk=case).version
    answer = post(caller(*COMPILER), f"/cases/{case}/steps/designate/complete")
    assert answer.status_code == 403
    assert answer.json()["cure"]
    assert Case.objects.get(pk=case).version == before


def test_an_act_moves_the_case_and_says_what_waits_now(case, caller):
    moved = post(caller(*APPROVER), f"/cases/{case}/steps/designate/complete", words="同意").json()
    assert moved["waiting"] == ["compile"]
    shown = caller(*APPROVER).get(f"/api/v1/cases/{case}").json()
    assert {step["id"]: step["status"] for step in shown["steps"]}["designate"] == "done"
    assert shown["version"] == moved["version"]


def test_an_old_version_is_told_so(case, caller):
    answer = post(caller(*APPROVER), f"/cases/{case}/steps/designate/complete", expected=1)
    assert answer.status_code == 409


def test_the_log_carries_the_chain(case, caller):
    entries = caller(*OFFICER).get(f"/api/v1/cases/{case}/log").json()
    assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
    assert len({entry["digest"] for entry in entries}) == len(entries)


def test_the_rights_told_are_the_rights_held(case, caller):
    shown = caller(*APPROVER).get(f"/api/v1/cases/{case}").json()
    assert {"act": "complete", "step": "designate"} in shown["rights"]
    assert not any(
        right["act"] == "complete" for right in caller(*COMPILER).get(f"/api/v1/cases/{case}").json()["rights"]
    )


def test_the_worklist_is_the_persons_own(case, caller):
    assert [task["step"] for task in caller(*APPROVER).get("/api/v1/worklist").json()["items"]] == ["designate"]
    assert caller(*STRANGER).get("/api/v1/worklist").json()["total"] == 0


def test_filters_narrow_the_list(case, caller):
    officer = caller(*OFFICER)
    assert officer.get("/api/v1/cases?instrument=unit_plan&jurisdiction=linhe").json()["total"] == 1
    assert officer.get("/api/v1/cases?status=finished").json()["total"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_whatever_its_length(rows, caller, unit, django_assert_max_num_queries):
    compiler = caller(*COMPILER)
    for number in range(rows):
        post(compiler, "/cases", instrument="unit_plan", subject=unit(key=f"U{number}").pk)
    with django_assert_max_num_queries(8):
        assert compiler.get("/api/v1/cases").json()["total"] == rows


def test_a_page_of_somebody_signed_in_may_call_but_needs_the_csrf_mark(case, acting):
    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(pk=acting(*APPROVER).person))
    assert client.get(f"/api/v1/cases/{case}").status_code == 200
    assert post(client, f"/cases/{case}/steps/designate/complete").status_code == 403


def test_fields_that_nobody_asked_for_change_nothing(case, caller):
    post(caller(*APPROVER), f"/cases/{case}/steps/designate/complete", status="finished", approved=True, opened_by=1)
    row = Case.objects.get(pk=case)
    assert (row.status, row.approved) == ("open", False)


def test_a_wrong_type_is_told_by_field(case, caller):
    answer = post(caller(*APPROVER), f"/cases/{case}/steps/designate/complete", day="gestern")
    assert answer.status_code == 422
    assert "day" in answer.content.decode()


def test_the_description_names_every_operation(caller):
    described = caller(*OFFICER).get("/api/openapi.json").json()
    assert len(described["paths"]) >= 24
    assert all(operation.get("summary") for methods in described["paths"].values() for operation in methods.values())


def test_a_route_can_be_previewed(caller):
    plan = post(caller(*OFFICER), "/routes/unit_plan/linhe").json()
    assert [step["kind"] for step in plan["steps"]][:2] == ["designate", "compile"]
    assert caller(*OFFICER).get("/api/v1/instruments").json()[0]["id"] == "checkup_report"
    assert caller(*OFFICER).get("/api/v1/bodies?jurisdiction=linhe").json()
