"""A case that is under way when a body is renamed or merged goes on with the body that has its duties."""

from __future__ import annotations

from huancheng.platform.bodies.domain.bodies import rename_body, retire_body
from huancheng.platform.casework.domain.opening import open_case
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
