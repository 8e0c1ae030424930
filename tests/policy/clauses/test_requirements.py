"""The policy's clauses as data."""

import pytest

from huancheng.evidence import Basis
from huancheng.policy.clauses import Modality
from huancheng.policy.clauses.showing import say_reference, show_reference
from huancheng.policy.pack import PackFault

FILLERS = ("各级主体", "全市", "主管部门", "规划部门", "系统")


def requirement(book, name):
    return book.citations.requirements[name][1]


def test_every_requirement_has_an_id_of_its_own_and_is_served(book):
    names = [item.id for clause in book.clauses for item in clause.requirements]
    assert len(names) == len(set(names)) == 164
    assert all(requirement(book, name).check for name in names)


def test_where_the_policy_names_nobody_the_actor_is_a_marked_blank_with_a_default(book):
    for _, item in book.citations.requirements.values():
        if item.actor is None:
            assert item.actor_basis == "default"
            assert item.default_actor
        else:
            assert item.actor not in FILLERS


@pytest.mark.requirement("8.4-4", "8.4-5", "8.4-7", "8.4-8")
def test_reports_and_statistics_have_no_stated_subject_and_run_on_two_levels(book):
    for name in ("8.4-4", "8.4-5"):
        assert requirement(book, name).actor is None
    assert "办公室报专班" in requirement(book, "8.4-5").default_actor
    assert requirement(book, "8.4-8").actor_basis == "inferred"


@pytest.mark.requirement("5.2-8", "5.3-10", "5.6-4", "5.6-5")
def test_who_files_and_whether_a_local_step_precedes_are_blanks_with_defaults(book):
    for name in ("5.2-8", "5.3-10", "5.6-4"):
        assert requirement(book, name).actor is None
        assert "filer" in [blank.what for blank in requirement(book, name).blanks]
    assert requirement(book, "5.6-5").blanks[0].what == "local_step"


@pytest.mark.requirement("5.1-1", "5.1-5")
def test_the_policy_gives_the_check_up_no_actor_and_no_cycle(book):
    blanks = {blank.what: blank.default for blank in requirement(book, "5.1-1").blanks}
    assert requirement(book, "5.1-1").actor is None
    assert "政策未定周期" in blanks["cycle"]


@pytest.mark.requirement("4-1")
def test_the_scope_is_the_boundary_of_city_and_county_seat_not_of_towns(book):
    item = requirement(book, "4-1")
    assert "城市（县城）开发边界" in item.text
    assert "建制镇" in item.check


@pytest.mark.requirement("5.2-3", "5.2-10", "5.2-9")
def test_completeness_of_facilities_is_the_policys_own_and_the_drawing_rules_are_ours(book):
    assert requirement(book, "5.2-3").check_basis is Basis.SEED
    assert requirement(book, "5.2-10").check_basis is Basis.DEFAULT
    assert requirement(book, "5.2-2").text.startswith("明确全市")
    assert requirement(book, "5.2-9").actor is None


def test_tasks_are_tasks_and_the_joined_permission_is_split(book):
    for name in ("6.5-6", "6.1-4", "6.2-3"):
        assert requirement(book, name).modality is Modality.SHALL
    assert (requirement(book, "7.1-5").modality, requirement(book, "7.1-6").modality) == ("may", "encourage")


@pytest.mark.requirement("6.1-3")
def test_public_interest_has_a_tier_of_its_own(book):
    assert "自成一档" in requirement(book, "6.1-3").check
    assert book.parameters["public_interest_reserve"].basis is Basis.DEFAULT


@pytest.mark.requirement("8.1-1", "A-1", "A-2", "8.1-2")
def test_the_roster_holds_posts_and_no_names_and_the_office_sits_in_the_housing_bureau(book):
    members = book.bodies["task_force"].members
    assert len(members) == 3 + 23
    assert book.bodies["task_force_office"].housed_in == "housing_bureau"
    assert {"tax_authority", "fire_rescue"} <= {body.id for body in book.bodies if body.level == "outside"}


@pytest.mark.requirement("5.3-3", "5.6-2")
def test_contents_of_unit_plan_and_scheme_are_the_policys_and_the_funding_annex_is_ours(book):
    assert len(book.instruments["unit_plan"].contents) == 5
    assert len(book.instruments["scheme"].contents) == 6
    assert book.instruments["scheme"].annexes == ("资金平衡",)


def test_zones_are_managed_areas_inside_a_division(book):
    zones = [item for item in book.jurisdictions if item.kind == "zone"]
    assert {(item.managed_by, item.inside) for item in zones} == {("managed_area", ("东昌府区",))}


def test_every_entry_of_every_kind_says_whose_words_it_is_and_how_it_is_known(book):
    for collection in book.collections:
        for entry in collection:
            assert entry.basis
            assert entry.certainty
            assert collection.origin(entry.id).line > 0


def test_a_reference_to_nothing_has_no_citation(book):
    with pytest.raises(PackFault, match=r"'9.9-9' resolves to nothing"):
        book.citations.citation("9.9-9")
    assert str(book.citations.citation("7.1-3")) == "聊政字〔2023〕7号 七(一)"
    assert str(book.citations.citation("villagers-law/22")).endswith("（recalled）")


def test_a_duty_the_policy_does_not_state_is_told_as_our_default(book):
    assert requirement(book, "5.2-9").basis is Basis.DEFAULT
    assert "（默认做法，proposed）" in say_reference(show_reference(book, "5.2-9", None))[1]
    assert "默认做法" not in say_reference(show_reference(book, "5.2-8", None))[1]
