"""Which bodies a case concerns: those of the route, those named for its subject, those who act for them."""

from __future__ import annotations

import pytest

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Subject
from tests.platform.casework.walking import Walk, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def builder():
    return Body.objects.create(name="临河县城投公司", kind=Body.Kind.ENTITY, jurisdiction="linhe")


@pytest.fixture
def project(builder):
    return Subject.objects.create(
        kind="project", key="P5", title="城北项目", jurisdiction="linhe", bindings={"implementing_entity": builder.pk}
    )


def test_the_entity_named_for_a_project_acts_in_its_steps_and_sees_the_case(acting, project, builder):
    with day(0):
        walk = Walk.begin(acting, "scheme", project)
        assert walk.body("compile") == builder
        walk.write("compile")
        complete(walk.pk, "compile", acting(builder.name, "entity_staff"))
    assert walk.case.sights.filter(body=builder).exists()
    assert not walk.case.sights.filter(body__name="实施主体").exists()


def test_an_entity_named_for_nobody_is_the_packs(acting, unit):
    with day(0):
        walk = Walk.begin(acting, "scheme", unit(kind="project", key="P6"))
    assert walk.body("compile").name == "实施主体"


def test_a_body_that_is_named_and_gone_gives_way_to_the_routes(acting, project, builder):
    with day(0):
        Subject.objects.filter(pk=project.pk).update(bindings={"implementing_entity": 10**9})
        walk = Walk.begin(acting, "scheme", Subject.objects.get(pk=project.pk))
    assert walk.body("compile").name == "实施主体"


@pytest.mark.parametrize(
    ("instrument", "kind", "step", "recorder"),
    [
        ("unit_plan", "unit", "approve", "临河县城市更新工作专班"),
        ("unit_plan", "unit", "consult", "临河县指定的编制部门"),
        ("unit_plan", "unit", "review", None),
        ("scheme", "project", "compile", "临河县城市更新工作专班"),
        ("unregistered_house_case", "household", "submit", "临河县城市更新工作专班"),
    ],
)
def test_who_records_for_whom(instrument, kind, step, recorder, acting, unit):
    with day(0):
        walk = Walk.begin(acting, instrument, unit(kind=kind, key="X"))
    through = walk.standing.through_of(walk.planned(step))
    assert (through.name if through else None) == recorder
