"""The tree of bodies is the pack's, made again and again with the same result."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
from huancheng.platform.bodies.models import Body, Division, FormerName, ManagedArea, Membership
from huancheng.platform.bodies.queries.tree import members_of
from huancheng.platform.common import clock

pytestmark = pytest.mark.django_db


def state() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Body, Membership, Division, ManagedArea)]


def test_a_second_time_changes_nothing(book):
    before = state()
    assert bodies_from_pack(book) == 0
    assert state() == before


def test_every_city_body_hangs_in_the_tree_and_an_office_where_it_sits(body):
    assert body("市专班办公室").parent == body("市住房城乡建设局")
    assert body("市住房城乡建设局").parent == body("市政府")
    assert body("临河县人民政府").parent == body("市政府")
    assert body("临河县城市更新工作专班").parent == body("临河县人民政府")
    assert body("临河县人民政府").acts_through == body("临河县城市更新工作专班")


@pytest.mark.requirement("8.1-1")
def test_the_task_force_is_made_of_its_posts_and_of_the_bodies_they_stand_for(body):
    assert len(body("市城市更新工作专班").positions) == 26
    members = members_of(body("专班成员单位"))
    assert len(members) == 22
    assert all(member.kind == "organ" and member.parent == body("市政府") for member in members)


def test_zones_are_managed_areas_inside_a_district_never_divisions():
    area = ManagedArea.objects.get(key="example_economic_zone")
    assert [division.name for division in area.inside.all()] == ["望岳区"]
    assert area.body is not None
    assert area.body.jurisdiction == "example_economic_zone"
    assert not Division.objects.filter(key="example_economic_zone").exists()


def test_a_body_renamed_here_is_not_made_anew(book, body, city_administrator):
    from huancheng.platform.bodies.domain.bodies import rename_body

    rename_body(body("临河县财政局"), "临河县财政金融局", clock.today(), city_administrator)
    assert bodies_from_pack(book) == 0
    assert body("临河县财政金融局").reference == "local_finance"


def test_a_body_the_pack_now_calls_otherwise_keeps_its_cases_and_its_former_name(book, body):
    bureau = body("临河县财政局")
    Body.objects.filter(pk=bureau.pk).update(name="临河县旧财政局")
    assert bodies_from_pack(book) == 0
    bureau.refresh_from_db()
    assert bureau.name == "临河县财政局"
    assert FormerName.objects.get(body=bureau).name == "临河县旧财政局"


def test_a_seat_that_ended_is_not_given_again(book, body):
    seat = Membership.objects.get(group=body("专班成员单位"), member=body("市公安局"))
    seat.valid_until = clock.today()
    seat.save()
    bodies_from_pack(book)
    assert Membership.objects.filter(group=seat.group, member=seat.member).count() == 1


def test_a_body_moved_here_stays_where_it_is(book, body):
    Body.objects.filter(name="临河县财政局").update(parent=body("平野县人民政府"))
    bodies_from_pack(book)
    assert body("临河县财政局").parent == body("平野县人民政府")


def test_the_command_tells_what_it_found():
    told = StringIO()
    call_command("load_pack", stdout=told)
    assert told.getvalue().startswith(f"example-city: {Body.objects.count()} bodies (0 new), 9 divisions")
    with pytest.raises(CommandError):
        call_command("load_pack", snapshot="nowhere", stdout=told)
