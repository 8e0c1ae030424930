"""The rules of clauses four to seven and the laws around them, case by case, read by hand."""

import pytest

from huancheng.evidence import InputFault
from huancheng.policy.asking import decide_case, say_decision

GRANT = {
    "ownership_changes": True,
    "use_changes": True,
    "conforms_master_plan": True,
    "conforms_regulatory_plan": True,
    "fragmented_or_unbuildable": False,
    "mainly_public_facility": False,
    "in_allocation_catalogue": False,
}
FRAGMENT = {
    "ownership_changes": True,
    "use_changes": False,
    "conforms_master_plan": True,
    "fragmented_or_unbuildable": True,
    "mainly_public_facility": True,
    "in_allocation_catalogue": True,
}
RECOVERY = {
    "same_project": True,
    "original_holders": 3,
    "single_entity_after": True,
    "transfer_of_interests": True,
    "confirmed_by_local_government": True,
}
HOUSE = {
    "is_illegal_building": False,
    "dispute": False,
    "conforms_renewal_plan": True,
    "structure_safe": True,
    "fire_safe": True,
}
RELAX = {
    "in_protection_zone": False,
    "meets_protection_height": True,
    "sunlight_ok": True,
    "fire_spacing_ok": True,
    "height_over_national_cap": False,
    "facility_capacity_ok": True,
    "far_within_regulatory_plan": True,
}
PERMIT = {
    "ownership_changes": False,
    "use_changes": False,
    "main_structure_changes": False,
    "simple_low_risk": True,
    "commitment_made": True,
    "is_historic_building": False,
}
PLAIN = {
    "heritage": "无",
    "authentic_remains": False,
    "in_zone": [],
    "built_year": 1990,
    "assessment_year": 2024,
    "value_appraised": False,
    "flagged_special_value": False,
    "legal_status": "合法",
    "safety_grade": "B",
}
VOTE = {"matter": "改建重建建筑物及附属设施", "q_area": 0.9, "q_heads": 0.9, "yes_area": 0.8, "yes_heads": 0.8}

needs = pytest.mark.requirement

CASES = [
    pytest.param("供地方式", {"ownership_changes": False, "use_changes": False}, ["L0"], marks=needs("7.3-2")),
    pytest.param("供地方式", FRAGMENT | {"conforms_regulatory_plan": True}, ["L2"], marks=needs("7.1-1", "7.1-2")),
    pytest.param(
        "供地方式",
        FRAGMENT | {"conforms_regulatory_plan": True, "scheme_approved": False},
        ["L2"],
        marks=needs("7.1-2"),
    ),
    pytest.param(
        "供地方式",
        FRAGMENT | {"in_allocation_catalogue": False, "conforms_regulatory_plan": True, "scheme_approved": False},
        ["L4"],
        marks=needs("7.1-2", "7.1-3"),
    ),
    pytest.param(
        "供地方式",
        FRAGMENT | {"mainly_public_facility": False, "conforms_regulatory_plan": True, "scheme_approved": False},
        ["L4"],
        marks=needs("7.1-2", "7.1-3"),
    ),
    pytest.param("供地方式", FRAGMENT | {"conforms_regulatory_plan": False}, ["L2x"], marks=needs("5.3-11")),
    pytest.param("供地方式", GRANT | {"conforms_master_plan": False}, ["L1"], marks=needs("3-1", "7.1-1")),
    pytest.param("供地方式", GRANT | {"conforms_regulatory_plan": False}, ["L3"], marks=needs("7.1-3", "5.3-11")),
    pytest.param("供地方式", GRANT | {"scheme_approved": False}, ["L4"], marks=needs("7.1-3")),
    pytest.param(
        "供地方式", GRANT | {"scheme_approved": True, "agreement_lawful": False}, ["L7"], marks=needs("7.1-3", "6.2-4")
    ),
    pytest.param("供地方式", GRANT | {"scheme_approved": True, "agreement_lawful": True, "use_class": "公益"}, ["L5"]),
    pytest.param(
        "供地方式", GRANT | {"scheme_approved": True, "agreement_lawful": True, "use_class": "经营性"}, ["L6"]
    ),
    pytest.param(
        "零星土地整合",
        {"conforms_master_plan": True, "parcel_kind": "夹心地", "adjacent_parcel": True, "fragment_share": 0.1},
        ["M4"],
        marks=needs("7.1-1"),
    ),
    pytest.param(
        "零星土地整合",
        {"conforms_master_plan": True, "parcel_kind": "夹心地", "adjacent_parcel": True, "fragment_share": 0.11},
        ["M3"],
    ),
    pytest.param(
        "零星土地整合", {"conforms_master_plan": True, "parcel_kind": "边角地", "adjacent_parcel": False}, ["M2"]
    ),
    pytest.param("零星土地整合", {"conforms_master_plan": True, "parcel_kind": "一般地块"}, ["M0"]),
    pytest.param("容积率与高度放宽", RELAX, ["F6"], marks=needs("7.1-4")),
    pytest.param(
        "容积率与高度放宽", RELAX | {"far_within_regulatory_plan": False}, ["F7"], marks=needs("7.1-4", "5.3-11")
    ),
    pytest.param("容积率与高度放宽", RELAX | {"sunlight_ok": False}, ["F2"], marks=needs("7.1-4")),
    pytest.param("容积率与高度放宽", RELAX | {"height_over_national_cap": True}, ["F4"], marks=needs("6.2-2")),
    pytest.param(
        "容积率与高度放宽",
        RELAX | {"in_protection_zone": True, "meets_protection_height": False},
        ["F1"],
        marks=needs("6.5-7"),
    ),
    pytest.param("用地兼容与转换", {"in_provincial_dev_zone": False}, ["X1"], marks=needs("7.1-5")),
    pytest.param(
        "用地兼容与转换",
        {"in_provincial_dev_zone": True, "listed_compatible": True},
        ["X2"],
        marks=needs("7.1-5", "7.1-6"),
    ),
    pytest.param("审批绿色通道", PERMIT, ["P1", "P2", "P3"], marks=needs("7.3-1", "7.3-2", "7.3-3", "7.3-4")),
    pytest.param("审批绿色通道", PERMIT | {"commitment_made": False}, ["P1", "P2"], marks=needs("7.3-3")),
    pytest.param("审批绿色通道", PERMIT | {"simple_low_risk": False}, ["P1", "P2"], marks=needs("7.3-3")),
    pytest.param("审批绿色通道", PERMIT | {"main_structure_changes": True}, ["P1", "P2"], marks=needs("7.3-3")),
    pytest.param("审批绿色通道", PERMIT | {"use_changes": True}, ["P1", "P3"], marks=needs("7.3-2")),
    pytest.param(
        "审批绿色通道", PERMIT | {"is_historic_building": True}, ["P1", "P2", "P3", "P4"], marks=needs("6.5-5")
    ),
    pytest.param("收费与基金减免", {"listed_in_relief_catalogue": True}, ["E1"], marks=needs("7.4-1")),
    pytest.param("收费与基金减免", {"listed_in_relief_catalogue": False}, ["E2"], marks=needs("7.4-1")),
    pytest.param("视同政府收回的税收处理", RECOVERY, ["T1"], marks=needs("7.4-2")),
    pytest.param(
        "视同政府收回的税收处理", RECOVERY | {"confirmed_by_local_government": False}, ["T2"], marks=needs("7.4-2")
    ),
    pytest.param("视同政府收回的税收处理", RECOVERY | {"original_holders": 1}, ["T3"], marks=needs("7.4-2")),
    pytest.param("视同政府收回的税收处理", RECOVERY | {"same_project": False}, ["T4"], marks=needs("7.4-2")),
    pytest.param("不动产登记三种情形", {"rights_change": True}, ["R1"], marks=needs("7.5-1")),
    pytest.param(
        "不动产登记三种情形",
        {"rights_change": False, "needs_use_right": True, "follows_renewal_plan": True},
        ["R2"],
        marks=needs("7.5-2"),
    ),
    pytest.param(
        "不动产登记三种情形",
        {"rights_change": False, "needs_use_right": True, "follows_renewal_plan": False},
        ["R2x"],
        marks=needs("7.5-2"),
    ),
    pytest.param(
        "不动产登记三种情形",
        {"rights_change": False, "needs_use_right": False, "consultation_done": True},
        ["R3"],
        marks=needs("7.5-3"),
    ),
    pytest.param(
        "不动产登记三种情形",
        {"rights_change": False, "needs_use_right": False, "consultation_done": False},
        ["R4"],
        marks=needs("7.5-3"),
    ),
    pytest.param("未登记房屋", HOUSE, ["U5"], marks=needs("7.5-4")),
    pytest.param("未登记房屋", HOUSE | {"fire_safe": False}, ["U4"], marks=needs("7.5-4")),
    pytest.param("未登记房屋", HOUSE | {"dispute": True}, ["U1"], marks=needs("7.5-4")),
    pytest.param("未登记房屋", HOUSE | {"is_illegal_building": True}, ["U0"], marks=needs("7.5-4")),
    pytest.param(
        "实施主体选定方式", {"public_interest_only": True, "revenue_project": False}, ["S1"], marks=needs("5.5-1")
    ),
    pytest.param(
        "实施主体选定方式",
        {
            "public_interest_only": False,
            "revenue_project": True,
            "single_owner_willing": False,
            "owners_consented": True,
        },
        ["S4"],
        marks=needs("5.5-1", "5.5-2"),
    ),
    pytest.param("必须招标", {"funded": True, "contract_kind": "服务", "contract_wan": 100}, ["B3"]),
    pytest.param("必须招标", {"funded": False, "contract_kind": "施工", "contract_wan": 900}, ["B4"]),
    pytest.param(
        "必须招标",
        {"budget_money_wan": 200, "budget_money_share": 0.1, "contract_kind": "施工", "contract_wan": 400},
        ["B1"],
    ),
    pytest.param(
        "必须招标",
        {
            "budget_money_wan": 5000,
            "budget_money_share": 0.09,
            "soe_money_dominant": False,
            "foreign_loan": False,
            "infra_public_list": False,
            "contract_kind": "施工",
            "contract_wan": 4000,
        },
        ["B4"],
    ),
    pytest.param(
        "防止大拆大建底线",
        {"demolition_ratio": 0.2, "build_demolish_ratio": 2.01, "nearby_rate": 0.5, "rent_growth": 0.05},
        ["D2"],
    ),
    pytest.param(
        "防止大拆大建底线",
        {
            "existing_area": 10000,
            "demolished_area": 3000,
            "illegal_area_demolished": 500,
            "dangerous_no_value_area_demolished": 501,
            "added_area": 6100,
            "public_facility_area": 100,
            "relocated_households": 10,
            "settled_nearby_households": 5,
            "rent_growth": 0.01,
        },
        [],
    ),
    pytest.param(
        "防止大拆大建底线",
        {
            "existing_area": 10000,
            "demolished_area": 0,
            "illegal_area_demolished": 0,
            "dangerous_no_value_area_demolished": 0,
            "added_area": 500,
            "public_facility_area": 0,
            "relocated_households": 0,
            "settled_nearby_households": 0,
            "rent_growth": 0.01,
        },
        [],
    ),
    pytest.param(
        "业主共同决定", VOTE | {"q_area": 0.7, "q_heads": 0.68, "yes_area": 0.75, "yes_heads": 0.7499}, ["V3"]
    ),
    pytest.param(
        "业主共同决定",
        VOTE | {"matter": "使用维修资金", "q_area": 0.7, "q_heads": 0.68, "yes_area": 0.51, "yes_heads": 0.5},
        ["V5"],
    ),
    pytest.param("业主共同决定", VOTE | {"q_heads": 0.66}, ["V1"]),
    pytest.param(
        "业主共同决定", VOTE | {"q_area": "2/3", "q_heads": "2/3", "yes_area": "3/4", "yes_heads": "3/4"}, ["V2"]
    ),
    pytest.param("业主共同决定", VOTE | {"matter": "使用维修资金", "yes_area": "1/2", "yes_heads": "2/3"}, ["V5"]),
    pytest.param(
        "业主共同决定",
        {
            "matter": "改建重建建筑物及附属设施",
            "area_total": 30000,
            "area_present": 20000,
            "area_yes": 15000,
            "heads_total": 300,
            "heads_present": 200,
            "heads_yes": 150,
        },
        ["V2"],
    ),
    pytest.param(
        "业主共同决定",
        {
            "matter": "改建重建建筑物及附属设施",
            "area_total": 30000.03,
            "area_present": 20000.01,
            "area_yes": 15000,
            "heads_total": 300,
            "heads_present": 200,
            "heads_yes": 150,
        },
        ["V0"],
    ),
    pytest.param("权利人同意", VOTE | {"产权类型": "业主共有"}, ["N3"]),
    pytest.param(
        "权利人同意",
        {"产权类型": "村集体", "villagers_total": 100, "villagers_present": 51, "villagers_yes": 26},
        ["N8"],
    ),
    pytest.param(
        "权利人同意",
        {
            "产权类型": "村集体",
            "villagers_total": 100,
            "villagers_present": 50,
            "households_total": 30,
            "households_present": 19,
            "villagers_yes": 50,
        },
        ["N7"],
    ),
    pytest.param(
        "权利人同意",
        {"产权类型": "公有租赁", "public_owner_consents": True, "tenants_total": 100, "tenants_signed": 95},
        ["N11"],
    ),
    pytest.param("权利人同意", {"产权类型": "单一产权人", "single_owner_consents": False}, ["N14"]),
    pytest.param("权利人同意", {"产权类型": "混合", "every_part_consented": True}, ["N18"]),
    pytest.param(
        "重大项目判定",
        {
            "total_investment_wan": 50000,
            "land_area_ha": 3,
            "households_relocated": 10,
            "demolition_ratio": 0.1,
            "in_historic_district_or_protection_zone": False,
            "provincial_or_national_pilot": False,
            "lead_entity_level": "county",
            "city_budget_share": 0.1,
            "jurisdictions_touched": 2,
        },
        ["G1", "G9"],
        marks=needs("5.6-5"),
    ),
    pytest.param(
        "专项债",
        {
            "on_negative_list": False,
            "has_project_income": True,
            "debt_opinion": "同意",
            "capital_share": 0.25,
            "coverage_ratio": 1.3,
        },
        ["Z8"],
        marks=needs("7.2-6"),
    ),
    pytest.param("专项债", {"on_negative_list": False, "has_project_income": False}, ["Z2"], marks=needs("7.2-6")),
    pytest.param(
        "专项债",
        {"on_negative_list": False, "has_project_income": True, "debt_opinion": "同意", "capital_share": 0.15},
        ["Z4x"],
    ),
    pytest.param(
        "专项债",
        {"on_negative_list": False, "has_project_income": True, "debt_opinion": "同意", "capital_share": 0.149},
        ["Z4"],
    ),
    pytest.param(
        "专项债",
        {
            "on_negative_list": False,
            "has_project_income": True,
            "debt_opinion": "同意",
            "capital_share": 0.25,
            "coverage_ratio": 0.9,
            "fiscal_fallback": True,
        },
        ["Z5"],
    ),
    pytest.param("留改拆硬约束", PLAIN, ["H0"], marks=needs("5.4-2")),
    pytest.param("拆除", PLAIN, ["K0"], marks=needs("5.4-2")),
    pytest.param("拆除", PLAIN | {"heritage": "历史建筑"}, ["K2"], marks=needs("6.5-3")),
    pytest.param("拆除", PLAIN | {"authentic_remains": True}, ["K3"], marks=needs("6.5-3")),
    pytest.param("拆除", PLAIN | {"heritage": "省级文保"}, ["K1"], marks=needs("6.5-5")),
    pytest.param("拆除", PLAIN | {"in_zone": ["历史文化街区核心保护范围"]}, ["K5"], marks=needs("6.5-7")),
    pytest.param("拆除", PLAIN | {"built_year": 1974}, ["K6"]),
    pytest.param("拆除", PLAIN | {"built_year": 1975}, ["K0"]),
    pytest.param("拆除", PLAIN | {"built_year": 1960, "legal_status": "违法建筑"}, ["K6"]),
    pytest.param("拆除", PLAIN | {"built_year": 1985, "flagged_special_value": True}, ["K7"]),
    pytest.param("拆除", PLAIN | {"built_year": 1985, "flagged_special_value": True, "value_appraised": True}, ["K0"]),
]


@pytest.mark.parametrize(("table", "facts", "rows"), CASES)
def test_a_case_read_by_hand_gets_the_rows_it_should(book, table, facts, rows):
    document = decide_case(book, table, facts)
    assert document["status"] == "decided", document["missing_titles"]
    assert [item["row"] for item in document["outcomes"]] == rows
    assert document["citations"]
    assert any(document["advice"] in line for line in say_decision(document))


@pytest.mark.requirement("6.5-3")
def test_demolition_waits_until_it_is_known_whether_a_building_is_an_authentic_remain(book):
    unknown = {name: value for name, value in PLAIN.items() if name != "authentic_remains"}
    for table in ("拆除", "留改拆硬约束"):
        document = decide_case(book, table, unknown)
        assert (document["status"], document["missing"]) == ("needs_data", ["authentic_remains"])


@pytest.mark.requirement("6.5-3")
def test_saying_that_the_question_of_authentic_remains_does_not_apply_lets_no_demolition_pass(book):
    for table in ("拆除", "留改拆硬约束"):
        with pytest.raises(InputFault, match="真遗存认定 always applies"):
            decide_case(book, table, PLAIN | {"authentic_remains": "不适用"})


@pytest.mark.parametrize(
    ("table", "sound", "veto"),
    [
        ("供地方式", {"土地权属变化": True, "符合总体规划": True, "零星土地": False, "符合控规": True,
                      "agreement_lawful": False}, "scheme_approved"),
        ("容积率与高度放宽", {"fire_spacing_ok": True, "height_over_national_cap": False, "facility_capacity_ok": True,
                              "in_protection_zone": False, "far_within_regulatory_plan": True}, "sunlight_ok"),
        ("专项债", {"has_project_income": True, "debt_opinion": "同意", "capital_share": 0.3, "coverage_ratio": 2},
         "on_negative_list"),
        ("未登记房屋", {"dispute": False, "conforms_renewal_plan": True, "structure_safe": True, "fire_safe": True},
         "is_illegal_building"),
    ],
)  # fmt: skip
def test_saying_that_it_does_not_apply_is_no_way_round_a_veto(book, table, sound, veto):
    with pytest.raises(InputFault, match="always applies") as caught:
        decide_case(book, table, sound | {veto: "不适用"})
    assert caught.value.field == veto
    assert decide_case(book, table, sound)["missing"] == [veto]


def test_a_village_meeting_without_a_quorum_decides_nothing_whoever_came(book):
    meeting = {"产权类型": "村集体", "villagers_total": 100, "villagers_present": 10, "villagers_yes": 9}
    assert decide_case(book, "权利人同意", meeting)["missing"] == ["households_present", "households_total"]
    by_households = meeting | {"households_total": 15, "households_present": 10}
    assert decide_case(book, "权利人同意", by_households)["outcomes"][0]["row"] == "N8"
    too_few = meeting | {"households_total": 16, "households_present": 10}
    assert decide_case(book, "权利人同意", too_few)["outcomes"][0]["row"] == "N7"
    nobody = meeting | {"households_total": 0, "households_present": 0}
    assert decide_case(book, "权利人同意", nobody)["outcomes"][0]["row"] == "N7"


@pytest.mark.requirement("6.5-3", "5.4-2")
@pytest.mark.parametrize(
    "facts",
    [
        {"built_year": 1960},
        {"built_year": 1960, "legal_status": "违法建筑"},
        {"built_year": 1985, "flagged_special_value": True},
        {"heritage": "历史建筑"},
        {"heritage": "市县级文保"},
        {"authentic_remains": True},
    ],
)
def test_where_the_bounds_exclude_demolition_the_table_of_demolition_does_not_let_it_pass(book, facts):
    assert "拆" not in decide_case(book, "留改拆", PLAIN | facts)["bound"]
    assert decide_case(book, "拆除", PLAIN | facts)["outcomes"][0]["outcome"] in {"refused", "appraise_first"}


@pytest.mark.requirement("7.5-4")
@pytest.mark.parametrize("fact", HOUSE)
def test_an_unregistered_house_needs_all_four_conditions_and_the_test_for_illegal_building(book, fact):
    known = {name: value for name, value in HOUSE.items() if name != fact}
    document = decide_case(book, "未登记房屋", known)
    assert (document["status"], document["missing"]) == ("needs_data", [fact])


@pytest.mark.requirement("7.3-3")
@pytest.mark.parametrize("fact", ["main_structure_changes", "simple_low_risk", "commitment_made"])
def test_the_waiver_of_the_drawing_review_waits_for_each_of_its_three_facts(book, fact):
    document = decide_case(book, "审批绿色通道", {name: value for name, value in PERMIT.items() if name != fact})
    assert document["missing"] == [fact]
    assert "skip_drawing_review" not in [item["outcome"] for item in document["outcomes"]]


@pytest.mark.requirement("6.5-3", "5.4-2")
def test_bounds_on_keeping_and_demolishing_intersect_and_what_cannot_be_is_left_to_a_person(book):
    historic = decide_case(book, "留改拆", PLAIN | {"heritage": "历史建筑", "safety_grade": "D"})
    assert historic["bound"] == ["改"]
    assert "修缮改动须经住房城乡建设部门会同文物部门批准" in historic["escalate"]
    relic = decide_case(book, "留改拆", PLAIN | {"heritage": "全国重点文保", "safety_grade": "D"})
    assert (relic["status"], relic["bound"]) == ("conflict", [])
    old = decide_case(book, "留改拆", PLAIN | {"built_year": 1970, "safety_grade": "未鉴定"})
    assert old["bound"] == ["留", "改"]
    assert old["block"] == ["历史建筑价值评估", "房屋安全鉴定"]


def test_a_breach_of_a_red_line_leads_to_an_exception_case_and_is_no_bare_refusal(book):
    document = decide_case(
        book, "底线", {"demolition_ratio": 0.3, "build_demolish_ratio": 1, "nearby_rate": 1, "rent_growth": 0}
    )
    breach = document["outcomes"][0]
    assert breach["values"]["next"] == "red_line_exception"
    assert "理由" in breach["text"]
    assert book.instruments["red_line_exception"].title == "底线例外论证"


def test_an_answer_resting_on_our_defaults_is_never_called_firm(book):
    default = decide_case(
        book,
        "零星土地整合",
        {"conforms_master_plan": True, "parcel_kind": "夹心地", "adjacent_parcel": True, "fragment_share": 0.5},
    )
    firm = decide_case(book, "供地方式", {"ownership_changes": False, "use_changes": False})
    recalled = decide_case(book, "容积率与高度放宽", RELAX | {"sunlight_ok": False})
    assert (default["strength"], firm["strength"], recalled["strength"]) == ("default", "firm", "default")
    assert decide_case(book, "专项债", {})["strength"] == "default"


@pytest.mark.requirement("7.3-2", "7.3-3")
def test_what_is_never_waived_stands_on_every_permit_answer(book):
    assert "竣工验收" in decide_case(book, "审批绿色通道", {})["never_waived"]


@pytest.mark.requirement("4-2")
def test_the_policy_names_eight_kinds_and_others_by_recognition(book):
    kinds = book.facts["project_kind"].domain
    assert len(kinds) == 9
    assert kinds[-1] == "其他"
