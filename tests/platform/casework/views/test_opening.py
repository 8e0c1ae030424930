"""A case is opened after its route was seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case, Subject

pytestmark = pytest.mark.django_db

URL = "casework:open"
CHOSEN = {
    "instrument": "unit_plan",
    "jurisdiction": "linhe",
    "subject": "",
    "subject_title": "东关单元",
    "subject_key": "DG",
}


def test_the_route_is_shown_before_anything_is_opened(client_as):
    page = client_as("临河县指定的编制部门", "compiler").get(reverse(URL), CHOSEN)
    text = page.content.decode()
    assert "城市更新单元规划（其他县市区）" in text
    assert "临河县自然资源和规划局" in text
    assert "专项规划已批准" in text
    assert not Case.objects.exists()
    assert not Subject.objects.exists()


def test_opening_keeps_the_new_subject_and_leads_to_the_case(client_as):
    answer = client_as("临河县指定的编制部门", "compiler").post(reverse(URL), {**CHOSEN, "open": "1"})
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("casework:case", args=[case.pk]))
    assert (case.subject.title, case.subject.jurisdiction) == ("东关单元", "linhe")


def test_a_known_subject_is_chosen_and_not_made_again(client_as, unit):
    subject = unit()
    data = {"instrument": "unit_plan", "jurisdiction": "linhe", "subject": str(subject.pk), "open": "1"}
    assert client_as("临河县指定的编制部门", "compiler").post(reverse(URL), data).status_code == 302
    assert Case.objects.get().subject == subject


def test_a_countys_body_opens_nothing_elsewhere(client_as):
    client = client_as("临河县指定的编制部门", "compiler")
    answer = client.post(reverse(URL), {**CHOSEN, "jurisdiction": "pingye", "open": "1"})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_body_late_in_the_route_sees_the_route_but_no_button(client_as):
    client = client_as("市城市更新工作专班", "compiler")
    text = client.get(reverse(URL), CHOSEN).content.decode()
    assert "不在这条路线的前段" in text
    answer = client.post(reverse(URL), {**CHOSEN, "open": "1"})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_subject_is_named_or_chosen(client_as):
    text = (
        client_as("临河县指定的编制部门", "compiler").get(reverse(URL), {**CHOSEN, "subject_key": ""}).content.decode()
    )
    assert "没有选择对象时须填写" in text


@pytest.mark.parametrize(
    ("instrument", "kind", "key"), [("special_plan", "jurisdiction", "linhe"), ("checkup_report", "city", "city")]
)
def test_a_plan_of_a_place_is_about_the_place_itself(instrument, kind, key, client_as):
    data = {"instrument": instrument, "jurisdiction": "linhe", "open": "1"}
    assert client_as("市专班办公室", "officer").post(reverse(URL), data).status_code == 302
    subject = Case.objects.get().subject
    assert (subject.kind, subject.key) == (kind, key)


def test_who_opens_no_cases_is_told(client_as):
    assert client_as("临河县人民政府", "clerk").get(reverse(URL)).status_code == 403


SCHEME = {
    "instrument": "scheme", "jurisdiction": "linhe", "subject": "", "subject_title": "城北项目", "subject_key": "P9",
}  # fmt: skip


@pytest.fixture
def builders(db):
    """An implementing entity of the county, one of another, and one that is dissolved."""
    kinds = (("临河建设公司", "linhe", True), ("平野建设公司", "pingye", True), ("临河旧公司", "linhe", False))
    return [
        Body.objects.create(name=name, kind=Body.Kind.ENTITY, jurisdiction=place, active=active)
        for name, place, active in kinds
    ]


def test_the_implementing_entity_is_named_when_a_case_is_opened(client_as, builders):
    client = client_as("市专班办公室", "officer")
    text = client.get(reverse(URL), SCHEME).content.decode()
    assert "临河建设公司" in text
    assert "平野建设公司" not in text
    assert "临河旧公司" not in text
    named = {"body-implementing_entity": str(builders[0].pk)}
    assert client.post(reverse(URL), {**SCHEME, **named, "open": "1"}).status_code == 302
    case = Case.objects.get()
    assert case.subject.bindings == {"implementing_entity": builders[0].pk}
    standing = standing_of(case)
    assert standing.body_of(standing.plan.step("compile")) == builders[0]
    entry = Event.objects.get(stream=case.stream, code="case.opened")
    assert entry.data["bodies"] == {"implementing_entity": builders[0].pk}

    again = {**SCHEME, "subject": str(case.subject_id)}
    assert "body-implementing_entity" not in client.get(reverse(URL), again).content.decode()


def test_an_entity_of_elsewhere_is_refused_and_nothing_is_opened(client_as, builders, acting):
    named = {"body-implementing_entity": str(builders[1].pk)}
    answer = client_as("市专班办公室", "officer").post(reverse(URL), {**SCHEME, **named, "open": "1"})
    assert answer.status_code == 422
    subject = Subject(kind="project", key="P9", title="城北项目", jurisdiction="linhe")
    with pytest.raises(InputFault, match="不能用于此案卷"):
        open_case("scheme", subject, acting("市专班办公室", "officer"), bodies={"implementing_entity": builders[2].pk})
    assert not Case.objects.exists()
    assert not Subject.objects.exists()


def test_the_entity_may_stay_open(client_as, builders):
    assert client_as("市专班办公室", "officer").post(reverse(URL), {**SCHEME, "open": "1"}).status_code == 302
    assert Case.objects.get().subject.bindings == {}
