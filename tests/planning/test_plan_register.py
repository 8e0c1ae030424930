"""The register of plans: states, numbers, who binds whom, and whose opinion holds."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.evidence import InputFault
from huancheng.planning.plan_register import Conclusion, PlanKind, PlanRecord, PlanState, read_register

TEXT = """\
plans:
- {id: m, title: 总体规划, kind: master, state: approved, number: 示政字〔2024〕3号,
   evaluate_by: 2026-06-30, trigger: 边界调整}
- {id: k1, title: 西片控规, kind: regulatory, state: revising, number: 示政字〔2022〕1号, jurisdiction: linqing}
- {id: k2, title: 东片控规, kind: regulatory, state: compiling}
- {id: old, title: 旧总规, kind: master, state: repealed}
opinions:
- {subject: W, conclusion: conflicts, number: 函1, given_on: 2026-01-01}
- {subject: W, plan: m, conclusion: conforms, number: 函2, given_on: 2025-01-01}
- {subject: W, plan: m, conclusion: conditional, number: 函3, given_on: 2025-06-01}
"""


@pytest.fixture
def register(tmp_path):
    (tmp_path / "plans.yaml").write_text(TEXT, encoding="utf-8")
    return read_register(tmp_path / "plans.yaml")


@pytest.mark.requirement("6.1-1")
def test_state_number_evaluation_and_trigger_are_on_record(register):
    master = register.plans[0]
    assert (master.state, master.number, master.trigger) == (PlanState.APPROVED, "示政字〔2024〕3号", "边界调整")
    assert master.evaluation_due(date(2026, 7, 1))
    assert not master.evaluation_due(date(2026, 6, 30))
    assert master.owner == "自然资源和规划主管部门"


def test_only_approved_plans_bind_and_the_citys_bind_everywhere(register):
    assert [plan.id for plan in register.binding(PlanKind.MASTER, PlanKind.REGULATORY)] == ["m"]
    assert [plan.id for plan in register.binding(*PlanKind, jurisdiction="linqing")] == ["m", "k1"]
    assert len(list(register)) == 4


def test_the_newest_opinion_on_the_very_plan_goes_before_one_on_all(register):
    assert register.opinion("W", "m").conclusion is Conclusion.CONDITIONAL
    assert register.opinion("W", "k1").number == "函1"
    assert register.opinion("E", "m") is None


def test_every_word_has_its_official_form():
    assert {kind.label for kind in PlanKind} == {"国土空间总体规划", "控制性详细规划", "专项规划", "更新单元规划"}
    assert [state.label for state in PlanState] == ["编制中", "已批准", "修编中", "已废止"]
    assert [item.label for item in Conclusion] == ["符合", "有条件符合", "不符合"]


def test_an_approved_plan_without_its_number_is_refused():
    with pytest.raises(ValueError, match="number of its approval"):
        PlanRecord(id="x", title="x", kind="master", state="approved")


@pytest.mark.parametrize(
    ("text", "words", "field"),
    [
        ("plans: [{id: a, title: a, kind: dream, state: approved, number: n}]", "Input should be", "plans.kind"),
        ("plans: [{id: a, title: a, kind: master, state: approved}]", "number of its approval", "plans"),
        ("plans: [{id: a, title: a, kind: master, state: compiling, colour: red}]", "Extra inputs", "plans.colour"),
        ("opinions: [{subject: W, plan: z, conclusion: conforms, number: n, given_on: 2026-01-01}]",
         "not in the register", "opinions.plan"),
        ("plans: [{id: a, title: a, kind: master, state: compiling}, {id: a, title: b, kind: unit, state: compiling}]",
         "stands twice", "plans.id"),
        ("plans: [", "does not read as YAML", ""),
    ],
)  # fmt: skip
def test_a_register_that_cannot_be_used_is_told_with_its_field(tmp_path, text, words, field):
    (tmp_path / "plans.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputFault, match=words) as caught:
        read_register(tmp_path / "plans.yaml")
    assert caught.value.field == field
    assert caught.value.file == "plans.yaml"


def test_no_register_is_told(tmp_path):
    with pytest.raises(InputFault, match="no such file"):
        read_register(tmp_path / "none.yaml")
