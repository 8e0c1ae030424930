"""A single case from before is entered in whatever state it stands, with its papers, in one go; or not at all."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.back_entry_past import check_past, enter_past
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case, Subject
from tests.platform.casework.walking import OFFICE
from tests.platform.files.samples import pdf

pytestmark = pytest.mark.django_db

BEGUN = {
    "jurisdiction": "临河县", "key": "LH-1", "title": "东关片区更新单元", "opened": "2025-03-03",
    "precondition:special-plan": "临政函〔2024〕9号",
    "designate-1:day": "2025-03-10", "designate-1:paper": "临政字〔2025〕1号",
    "compile-1:day": "2025-05-06", "compile-1:paper": "临规〔2025〕1号",
}  # fmt: skip
DONE = {
    **BEGUN, "consult-1:day": "2025-06-10", "consult-1:paper": "纪要1号", "review-1:day": "2025-07-01",
    "review-1:paper": "审1号", "review-1:result": "通过", "approve-1:day": "2025-08-01", "approve-1:paper": "临政函1号",
    "approve-1:result": "通过", "file-1:day": "2025-08-20", "file-1:paper": "备1号",
}  # fmt: skip


@pytest.fixture
def clerk(acting):
    return acting(OFFICE, "clerk")


def test_the_case_goes_on_where_its_past_ends(clerk):
    case = enter_past("unit_plan", BEGUN, clerk)
    standing = standing_of(Case.objects.select_related("subject", "opened_by").get(pk=case.pk))
    assert (case.back_entered, case.status, case.tasks.get().step) == (True, "open", "consult")
    assert standing.step("compile").back_entered
    assert not standing.step("consult").back_entered


def test_a_whole_past_ends_it(clerk):
    case = enter_past("unit_plan", DONE, clerk)
    assert (case.status, case.approved, case.tasks.count()) == ("finished", True, 0)


def test_a_past_the_route_refuses_leaves_nothing_behind(clerk):
    wrong = {**DONE, "approve-1:day": "2025-06-01"}
    assert [fault["column"] for fault in check_past("unit_plan", wrong, clerk).faults][:1] == ["approve-1:day"]
    with pytest.raises(InputFault, match="早于前一环节"):
        enter_past("unit_plan", wrong, clerk)
    assert (Case.objects.count(), Subject.objects.count()) == (0, 0)


def test_what_the_register_knows_is_not_entered_twice_nor_elsewhere(clerk):
    enter_past("unit_plan", BEGUN, clerk)
    with pytest.raises(InputFault, match="已有同类案卷"):
        enter_past("unit_plan", BEGUN, clerk)
    faults = check_past("special_plan", {**BEGUN, "jurisdiction": "平野县"}, clerk).faults
    assert not any("别的辖区" in fault["message"] for fault in faults), "a unit's number says nothing of another kind"
    Subject.objects.create(kind="unit", key="LH-2", title="x", jurisdiction="pingye")
    elsewhere = check_past("unit_plan", {**BEGUN, "key": "LH-2"}, clerk).faults
    assert any("别的辖区" in fault["message"] for fault in elsewhere)


def test_whose_role_enters_nothing_from_before_may_not(acting):
    with pytest.raises(NotAllowed, match="不能补录"):
        enter_past("unit_plan", BEGUN, acting("临河县指定的编制部门", "compiler"))


def page() -> str:
    return reverse("casework:back-entry-one", args=["unit_plan"])


def test_the_page_enters_a_case_with_the_scans_of_its_papers(client_as, data_of):
    client = client_as(OFFICE, "clerk")
    assert "补录一件此前已办的案卷" in client.get(page()).content.decode()
    scan = SimpleUploadedFile("批复.pdf", pdf())
    response = client.post(page(), {**DONE, "approve-1:scan": scan})
    assert response.status_code == 302, data_of(response)
    case = Case.objects.get()
    assert response["Location"] == reverse("casework:case", args=[case.pk])
    paper = case.papers.get()
    assert (paper.title, paper.number, paper.dated.isoformat()) == ("批准：临政函1号", "临政函1号", "2025-08-01")
    assert case.back_entered


def test_the_page_tells_each_fault_at_its_field_and_enters_nothing(client_as, data_of):
    client = client_as(OFFICE, "clerk")
    scan = SimpleUploadedFile("批复.pdf", pdf())
    wrong = {**BEGUN, "compile-1:paper": "", "opened": "前年", "file-1:scan": scan}
    response = client.post(page(), wrong)
    assert response.status_code == 422
    assert {"compile-1:paper", "opened", "file-1:scan"} <= set(data_of(response))
    assert Case.objects.count() == 0
    assert client.get(reverse("casework:back-entry-one", args=["nothing"])).status_code == 404


@pytest.fixture
def data_of():
    """Return a function that gives what a page says is wrong, by field."""

    def errors(response):
        return {name: list(found) for name, found in response.context["form"].errors.items()}

    return errors
