"""Which body a role means depends on the place, and where the law is silent the answer says so."""

import pytest

from huancheng.evidence import Basis
from huancheng.policy.bodies import JurisdictionKind, Level


def test_every_role_names_a_body_in_every_kind_of_place_it_is_told_for(book):
    for role in book.roles:
        for jurisdiction in book.jurisdictions:
            found = book.body(role.id, jurisdiction)
            told = jurisdiction.id in role.exceptions or jurisdiction.kind in role.by_kind
            assert (found is not None) == told
            if found:
                assert "{" not in found.name
                assert found.level is role.level


def test_a_role_of_the_place_carries_the_places_own_name(book):
    names = {item.title: book.body("local_government", item).name for item in book.jurisdictions}
    for item in book.jurisdictions:
        office = "管委会" if item.kind is JurisdictionKind.ZONE else "人民政府"
        assert names[item.title] == f"{item.title}{office}"
    assert len(set(names.values())) == 11


def test_where_the_policy_is_silent_the_body_is_our_default(book):
    zones = [item for item in book.jurisdictions if item.kind is JurisdictionKind.ZONE]
    others = [item for item in book.jurisdictions if item.kind is not JurisdictionKind.ZONE]
    assert zones
    assert all(book.body("local_task_force", item).basis is Basis.DEFAULT for item in zones)
    assert all(book.body("local_task_force", item).basis is Basis.SEED for item in others)


def test_a_body_with_one_seat_is_the_same_everywhere(book):
    for body in book.bodies:
        assert {book.body(body.id, item).name for item in book.jurisdictions} == {body.title}


@pytest.mark.parametrize("role", ["county_government", "county_planning_committee"])
def test_a_role_that_is_not_told_for_zones_names_nobody_there(book, role):
    zone = next(item for item in book.jurisdictions if item.kind is JurisdictionKind.ZONE)
    assert book.body(role, zone) is None


def test_a_reference_to_nothing_names_nobody(book):
    assert book.body("moon", next(iter(book.jurisdictions))) is None


def test_one_place_may_be_an_exception_and_a_role_may_name_a_body_with_a_seat(workshop, book):
    county = next(item for item in book.jurisdictions if item.kind is JurisdictionKind.COUNTY)
    other = next(item for item in book.jurisdictions if item.kind is JurisdictionKind.COUNTY and item is not county)
    seat = next(body for body in book.bodies if body.level is Level.CITY)
    workshop.edit(
        "liaocheng-2023/roles.yaml",
        "- id: county_planning_bureau\n",
        f"- id: county_planning_bureau\n  exceptions: {{{county.id}: {seat.id}}}\n",
    )
    changed = workshop.book()
    assert changed.body("county_planning_bureau", county).name == seat.title
    assert changed.body("county_planning_bureau", other).name == f"{other.title}自然资源和规划局"
