"""Bodies added, renamed, moved, merged; seats with dates; what the pages show to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.domain.bodies import (
    add_body,
    add_member,
    end_membership,
    move_body,
    rename_body,
    retire_body,
)
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.posts import Term
from huancheng.platform.bodies.models import Body, Membership
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.bodies.queries.tree import below, bodies_called, branches, members_of
from huancheng.platform.common import clock

COUNTY = "临河县人民政府"
ENTITY = "示例城市更新建设有限公司"


def test_an_implementing_entity_is_added_below_a_county_and_logged(county_administrator, body):
    made = add_body(ENTITY, body(COUNTY), "entity", county_administrator)
    assert (made.kind, made.level, made.jurisdiction, made.parent) == ("entity", "project", "linhe", body(COUNTY))
    event = Event.objects.get(stream=f"body:{made.pk}")
    assert (event.code, event.data["parent"], event.actor) == (
        "body.added", body(COUNTY).pk, county_administrator.person,
    )  # fmt: skip


def test_a_name_that_a_body_has_or_had_is_taken(city_administrator, body):
    rename_body(body("临河县财政局"), "临河县财政金融局", clock.today(), city_administrator)
    for name in ("临河县财政局", "临河县财政金融局"):
        with pytest.raises(Refused, match="已有单位"):
            add_body(name, body(COUNTY), "organ", city_administrator)


def test_a_renamed_body_is_found_by_both_names(city_administrator, body):
    bureau = body("临河县财政局")
    rename_body(bureau, "临河县财政金融局", clock.today(), city_administrator)
    found = bodies_called(["临河县财政局", "临河县财政金融局", "没有这个单位"])
    assert {name: item.pk for name, item in found.items()} == {
        "临河县财政局": bureau.pk, "临河县财政金融局": bureau.pk,
    }  # fmt: skip
    assert Event.objects.get(code="body.renamed").data["before"] == "临河县财政局"


def test_a_merged_bodys_duties_are_found_at_its_successor_even_twice_removed(city_administrator, body):
    first, second, third = (body(f"临河县{name}") for name in ("财政局", "发展改革局", "司法局"))
    retire_body(first, clock.today(), second, city_administrator)
    retire_body(second, clock.today(), third, city_administrator)
    assert bodies_called([first.name])[first.name] == third
    with pytest.raises(Refused, match="已撤销"):
        retire_body(Body.objects.get(pk=first.pk), clock.today(), None, city_administrator)


def test_retiring_ends_posts_and_seats(city_administrator, body, acting):
    clerk, bureau = acting("市财政局", "clerk"), body("市财政局")
    retire_body(bureau, clock.today(), None, city_administrator)
    assert choices_for(clerk.person) == []
    assert bureau not in members_of(body("专班成员单位"))
    assert Membership.objects.get(group__name="专班成员单位", member=bureau).valid_until == clock.today()


def test_what_can_not_be_retired(city_administrator, body):
    with pytest.raises(Refused, match="下级单位"):
        retire_body(body(COUNTY), clock.today(), None, city_administrator)
    bureau = body("临河县财政局")
    with pytest.raises(Refused, match="承接单位"):
        retire_body(bureau, clock.today(), bureau, city_administrator)
    with pytest.raises(Refused, match="还没有到"):
        retire_body(bureau, clock.today() + timedelta(days=1), None, city_administrator)


def test_a_body_moves_but_never_below_itself(city_administrator, body):
    move_body(body("临河县财政局"), body("平野县人民政府"), city_administrator)
    assert body("临河县财政局").parent == body("平野县人民政府")
    with pytest.raises(Refused, match="下级"):
        move_body(body("平野县人民政府"), body("临河县财政局"), city_administrator)


def test_a_circle_made_by_force_ends(body):
    upper, lower = body("平野县人民政府"), body("平野县财政局")
    Body.objects.filter(pk=upper.pk).update(parent=lower)
    assert {upper.pk, lower.pk} <= below(upper.pk)
    assert branches([upper, lower], {}) != []


def test_groups_are_taken_apart_and_seats_have_days(city_administrator, body):
    group, member = body("成员单位与县（市、区）、市属开发区"), body("市司法局")
    assert body("市财政局") in members_of(group)
    assert body(COUNTY) in members_of(group)
    today = clock.today()
    seat = add_member(body("专班成员单位"), member, Term(today, None), city_administrator)
    assert member in members_of(group)
    assert member not in members_of(group, today - timedelta(days=1))
    with pytest.raises(Refused, match="已是成员"):
        add_member(body("专班成员单位"), member, Term(today), city_administrator)
    end_membership(seat, today - timedelta(days=1), city_administrator)
    assert member not in members_of(group)
    with pytest.raises(Refused, match="已经终止"):
        end_membership(seat, today, city_administrator)


def test_a_group_does_not_sit_in_itself(city_administrator, body):
    with pytest.raises(Refused):
        add_member(body("专班成员单位"), body("专班成员单位"), Term(), city_administrator)


def test_a_county_changes_neither_the_citys_groups_nor_another_countys_bodies(county_administrator, body):
    attempts = (
        lambda: add_member(body("专班成员单位"), body(COUNTY), Term(), county_administrator),
        lambda: rename_body(body("平野县财政局"), "平野县金库", clock.today(), county_administrator),
        lambda: retire_body(body("平野县财政局"), clock.today(), None, county_administrator),
        lambda: move_body(body("临河县财政局"), body("市政府"), county_administrator),
        lambda: add_body(ENTITY, body("平野县人民政府"), "entity", county_administrator),
        lambda: add_body(ENTITY, body(COUNTY), "entity", replace(county_administrator, elevated=False)),
    )
    before = list(Body.objects.values())
    for attempt in attempts:
        with pytest.raises(NotManaged):
            attempt()
    assert list(Body.objects.values()) == before


def test_the_pages_add_rename_move_seat_and_retire(elevated, city_administrator, body):
    client = elevated(city_administrator)
    parent = body(COUNTY)
    client.post("/bodies/new/", {"name": ENTITY, "kind": "entity", "parent": parent.pk})
    made = body(ENTITY)

    def post(name: str, /, **told):
        return client.post(reverse(f"bodies:{name}", args=[made.pk]), told).status_code

    assert post("rename", name=ENTITY + "（新）", until=clock.today()) == 302
    assert post("move", parent=body("平野县人民政府").pk) == 302
    assert post("new-member", member=body("市司法局").pk) == 302
    seat = made.memberships.get()
    assert client.post(reverse("bodies:end-member", args=[seat.pk])).status_code == 302
    assert post("retire", day=clock.today(), successor=parent.pk) == 302
    made.refresh_from_db()
    assert (made.name, made.active, made.successor) == (ENTITY + "（新）", False, parent)
    page = client.get(reverse("bodies:body", args=[made.pk])).content.decode()
    for words in (ENTITY, "曾用名", "已撤销", "承接"):
        assert words in page
    assert post("rename", name=COUNTY, until=clock.today()) == 200


def test_a_group_is_no_kind_one_adds(elevated, city_administrator, body):
    told = {"name": ENTITY, "kind": "group", "parent": body(COUNTY).pk}
    assert "kind" in elevated(city_administrator).post("/bodies/new/", told).context["form"].errors


def test_names_are_shown_to_colleagues_and_those_whose_duty_it_is_only(client_as, someone, body):
    person = someone(COUNTY, "clerk")
    path = reverse("bodies:body", args=[body(COUNTY).pk])
    for who in ((COUNTY, "compiler"), ("市专班办公室", "officer"), ("市专班办公室", "auditor")):
        assert person.name in client_as(*who).get(path).content.decode()
    for who in (("平野县人民政府", "compiler"), ("市专班办公室", "administrator"), ("市城市更新专家委员会", "expert")):
        assert person.name not in client_as(*who).get(path).content.decode()
