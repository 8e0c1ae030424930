"""A case that is under way when a body is renamed or merged goes on with the body that has its duties."""

from __future__ import annotations

from huancheng.platform.bodies.domain.bodies import rename_body, retire_body
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.procedures.experts.rules import may_keep_pool
from huancheng.platform.casework.queries.people import office_people
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock

COMPILER = "临河县指定的编制部门"


def test_a_step_finds_its_body_under_the_new_name_and_then_its_successor(acting, unit, city_administrator, body):
    standing = open_case("unit_plan", unit(), acting(COMPILER, "compiler"))
    step = next(item for item in standing.plan.steps if item.body.name == COMPILER)

    def found():
        standing.bodies.clear()
        return standing.body_of(step)

    compiler = body(COMPILER)
    rename_body(compiler, "临河县城市更新局", clock.today(), city_administrator)
    assert found() == compiler
    retire_body(compiler, clock.today(), body("临河县财政局"), city_administrator)
    assert found() == body("临河县财政局")


def test_the_office_keeps_its_rights_under_another_name(acting, unit, city_administrator, body):
    standing = open_case("unit_plan", unit(), acting(COMPILER, "compiler"))
    rename_body(body("市专班办公室"), "市城市更新中心", clock.today(), city_administrator)
    officer = choices_for(acting("市城市更新中心", "officer").person)[0]
    assert (officer.body_name, may(officer, "recognise", standing), may_keep_pool(officer)) == (
        "市城市更新中心",
        True,
        True,
    )
    assert officer.person in office_people()
    assert open_case("unit_plan", unit(key="U2"), officer).case.opened_by_id == officer.body
