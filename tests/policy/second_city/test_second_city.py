"""Another city without code: two levels only, double two thirds, units from one hectare, experts before approval."""

from datetime import date
from pathlib import Path

import pytest

from huancheng.policy.asking import decide_case, route_case
from huancheng.policy.book import load_book
from huancheng.policy.check import check_book
from huancheng.policy.pack import packs_root
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.interpret import Interpreter, RouteFault

DAY = date(2024, 5, 6)


@pytest.fixture(scope="module")
def city():
    return load_book(Path(__file__).parent / "yunling", root=packs_root())


def test_its_pack_has_no_finding(city):
    assert check_book(city) == []


def test_there_are_two_levels_and_the_city_approves_after_the_experts(city):
    document = route_case(city, "更新方案", "上城区", {})
    assert [(step["kind"], step["body"], step["gate"]) for step in document["steps"]] == [
        ("compile", "上城区人民政府", False),
        ("expert_review", "市更新专家库", True),
        ("approve", "云岭市人民政府", True),
    ]
    assert {step["basis"] for step in document["steps"]} == {"seed"}


def test_nothing_is_approved_before_the_experts_agreed_by_two_thirds(city):
    interpreter = Interpreter(city)
    events = [interpreter.open("更新方案", "下城区", DAY), Event(EventKind.COMPLETED, DAY, "compile")]
    with pytest.raises(RouteFault, match="approve 批准（云岭市人民政府） is waiting"):
        interpreter.fold([*events, Event(EventKind.DECIDED, DAY, "approve", passed=True)])
    assert interpreter.fold([*events, Event(EventKind.DECIDED, DAY, "experts", vote=Vote(5, 9, 9))]).status == "refused"
    agreed = Event(EventKind.DECIDED, DAY, "experts", vote=Vote(6, 9, 9))
    done = interpreter.fold([*events, agreed, Event(EventKind.DECIDED, DAY, "approve", passed=True)])
    assert done.status == "finished"


@pytest.mark.parametrize(("share", "outcome"), [("2/3", "passed"), (0.6666, "failed")])
def test_two_thirds_of_area_and_heads_suffice_and_the_change_is_shown(city, share, outcome):
    document = decide_case(
        city,
        "业主共同决定",
        {"matter": "改建重建建筑物及附属设施", "q_area": 1, "q_heads": 1, "yes_area": share, "yes_heads": share},
    )
    assert document["outcomes"][0]["outcome"] == outcome
    assert document["changes"][0]["reason"] == "本市办法第八条，双三分之二"
    at_home = decide_case(
        load_book("liaocheng-2023"),
        "业主共同决定",
        {"matter": "改建重建建筑物及附属设施", "q_area": 1, "q_heads": 1, "yes_area": share, "yes_heads": share},
    )
    assert at_home["outcomes"][0]["outcome"] == "failed"


def test_units_begin_at_one_hectare(city):
    assert (city.parameters["unit_area_floor"].value, city.parameters["unit_area_floor"].unit) == (1, "公顷")
    assert city.source == "云政办〔2024〕1号（虚构）"


def test_the_example_city_keeps_the_law_under_names_of_its_own(book):
    example = load_book("example-city")
    assert check_book(example) == []
    assert [item.title for item in example.jurisdictions][:2] == ["望岳区", "示例经济技术开发区"]
    assert set(example.citations.requirements) == set(book.citations.requirements)
    assert {change.pack for change in example.changes()} == {"example-city"}
    text = str([item.title for item in (*example.jurisdictions, *example.bodies)])
    assert "聊城" not in text


def test_a_later_notice_widens_the_policy_as_a_layer_with_its_own_day():
    later = load_book("liaocheng-2026")
    assert check_book(later) == []
    facts = {"用途在混合开发正面清单内": True, "在省级及以上开发区内": False, "用途在兼容清单内": False}
    before = decide_case(later, "用地兼容与转换", facts, as_of=date(2025, 12, 31))
    after = decide_case(later, "用地兼容与转换", facts, as_of=date(2026, 1, 20))
    assert [item["row"] for item in before["outcomes"]] == ["X1"]
    assert [item["row"] for item in after["outcomes"]] == ["X0"]
    assert after["strength"] == "default"
    assert len(after["changes"]) == 2
