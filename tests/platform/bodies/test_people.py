"""Who may enter and change people, and attempts to take over what is another's."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.people import (
    PersonData,
    change_person,
    deactivate,
    enter_person,
    reactivate,
    reset_password,
    reset_second_factor,
)
from huancheng.platform.bodies.domain.posts import Term, end_post, give_post
from huancheng.platform.bodies.models import Delegation, Person, Post
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.bodies.queries.people import people_list
from huancheng.platform.common import clock
from tests.platform.bodies.conftest import PASSWORD
from tests.platform.bodies.test_signing_in import knock

NEW = PersonData("wenshu-jia", "文书甲", "jia@example.test", "000-1234")


def entry(code: str, person: int) -> Event:
    return Event.objects.get(stream=f"person:{person}", code=code)


def test_a_person_is_entered_with_a_post_and_a_password_told_once(elevated, city_administrator, body):
    client = elevated(city_administrator)
    told = {
        "username": "Wenshu-Jia",
        "name": "文书甲",
        "body": body("临河县人民政府").pk,
        "role": "clerk",
        "title": "秘书",
    }
    answer = client.post(reverse("bodies:new-person"), told)
    ((person, password),) = answer.context["people"]
    assert (person.username, person.must_change_password) == ("wenshu-jia", True)
    assert [choice.role for choice in choices_for(person.pk)] == ["clerk"]
    assert "no-store" in answer["Cache-Control"]
    assert knock(Client(), "wenshu-jia", password).status_code == 302
    assert password not in client.get(reverse("bodies:person", args=[person.pk])).content.decode()


def test_the_log_says_that_and_by_whom_but_nothing_personal(city_administrator, body):
    person, password = enter_person(NEW, city_administrator)
    give_post(person, body("临河县人民政府"), "clerk", city_administrator, title="秘书")
    change_person(person, replace(NEW, name="文书乙", phone="000-9876"), city_administrator)
    reset_password(person, city_administrator)
    events = Event.objects.filter(stream=f"person:{person.pk}")
    assert [event.code for event in events] == [
        "person.entered", "person.post_given", "person.changed", "person.password_reset",
    ]  # fmt: skip
    assert entry("person.changed", person.pk).data == {"fields": ["name", "phone"]}
    kept = json.dumps([event.data for event in events], ensure_ascii=False)
    for secret in ("文书", "wenshu", "000-", "example.test", password, "秘书"):
        assert secret not in kept
    assert {event.actor for event in events} == {city_administrator.person}


@pytest.mark.parametrize("username", ["ab", "Wen Shu", "文书甲", "erased-7", "-dash", "x" * 41, "a/b"])
def test_a_user_name_of_another_form_is_refused(city_administrator, username):
    with pytest.raises(Refused, match="用户名"):
        enter_person(replace(NEW, username=username), city_administrator)


def test_a_user_name_is_one_persons(city_administrator):
    enter_person(NEW, city_administrator)
    with pytest.raises(Refused, match="已有人使用"):
        enter_person(NEW, city_administrator)


def test_nothing_changed_writes_nothing(city_administrator, body):
    person, _ = enter_person(NEW, city_administrator)
    assert change_person(person, NEW, city_administrator) == []
    assert not Event.objects.filter(code="person.changed").exists()


def test_a_refused_first_post_leaves_no_person_behind(elevated, county_administrator, body):
    told = {"username": "wenshu-jia", "name": "文书甲", "body": body("临河县人民政府").pk, "role": "auditor"}
    answer = elevated(county_administrator).post(reverse("bodies:new-person"), told)
    assert "role" in answer.context["form"].errors
    assert not Person.objects.filter(username="wenshu-jia").exists()


def test_a_deactivated_person_is_out_at_once_and_may_come_back(someone, city_administrator):
    person, client = someone(), Client()
    knock(client, person.username)
    deactivate(person, city_administrator)
    assert client.get("/account/").status_code == 302
    assert knock(Client(), person.username).status_code == 200
    with pytest.raises(Refused):
        deactivate(person, city_administrator)
    reactivate(person, city_administrator)
    assert knock(Client(), person.username).status_code == 302
    with pytest.raises(Refused):
        reactivate(person, city_administrator)


def test_a_reset_password_ends_sessions_and_must_be_changed(someone, city_administrator):
    person, client = someone(), Client()
    knock(client, person.username)
    password = reset_password(person, city_administrator)
    assert client.get("/account/").status_code == 302
    assert knock(Client(), person.username, PASSWORD).status_code == 200
    again = Client()
    knock(again, person.username, password)
    assert again.get("/account/")["Location"] == "/account/password/"


@pytest.mark.parametrize("act", [deactivate, reset_password, reset_second_factor])
class TestTakeover:
    def test_no_administrator_without_a_timed_session(self, act, someone, acting):
        with pytest.raises(NotManaged):
            act(someone(), acting("市专班办公室", "administrator"))

    @pytest.mark.parametrize("role", ["officer", "auditor", "approver", "clerk"])
    def test_no_other_role_even_if_it_were_elevated(self, act, someone, acting, role):
        with pytest.raises(NotManaged):
            act(someone(), replace(acting("市专班办公室", role), elevated=True))

    def test_no_administrator_of_another_county(self, act, someone, county_administrator):
        with pytest.raises(NotManaged):
            act(someone("平野县人民政府"), county_administrator)

    def test_no_county_administrator_over_somebody_who_also_sits_in_the_city(
        self, act, someone, county_administrator, body
    ):
        person = someone("临河县人民政府", "clerk")
        act(person, county_administrator)
        person.is_active = True
        person.save()
        Post.objects.create(person=person, body=body("市政府"), role="approver")
        with pytest.raises(NotManaged):
            act(person, county_administrator)

    def test_nobody_over_themselves(self, act, city_administrator):
        with pytest.raises(NotManaged):
            act(Person.objects.get(pk=city_administrator.person), city_administrator)


def test_a_county_administrator_manages_the_bodies_below(someone, county_administrator):
    reset_password(someone("临河县城市更新工作专班", "clerk"), county_administrator)


@pytest.mark.parametrize("role", ["officer", "auditor", "administrator"])
def test_roles_that_reach_beyond_a_body_are_given_by_the_office_only(
    someone, county_administrator, city_administrator, body, role
):
    with pytest.raises(NotManaged):
        give_post(someone(), body("临河县人民政府"), role, county_administrator)
    assert give_post(someone(), body("临河县人民政府"), role, city_administrator).role == role


def test_nobody_gives_themselves_a_post_or_ends_their_own(city_administrator, body):
    me = Person.objects.get(pk=city_administrator.person)
    with pytest.raises(NotManaged):
        give_post(me, body("市政府"), "approver", city_administrator)
    with pytest.raises(NotManaged):
        end_post(me.posts.get(), None, city_administrator)


def test_an_unknown_role_a_retired_body_and_wrong_dates_are_refused(someone, city_administrator, body):
    person, government = someone(), body("临河县人民政府")
    with pytest.raises(NotManaged):
        give_post(person, government, "emperor", city_administrator)
    with pytest.raises(Refused, match="终止日期"):
        give_post(
            person, government, "clerk", city_administrator, Term(clock.today(), clock.today().replace(year=2000))
        )
    government.active = False
    government.save()
    with pytest.raises(Refused, match="撤销"):
        give_post(person, government, "clerk", city_administrator)


def test_a_post_held_can_not_be_given_again_in_its_time_but_after_it(someone, city_administrator, body):
    person, government = someone(), body("临河县人民政府")
    first = give_post(person, government, "clerk", city_administrator)
    with pytest.raises(Refused, match="已任"):
        give_post(person, government, "clerk", city_administrator)
    end_post(first, None, city_administrator)
    assert [choice.role for choice in choices_for(person.pk)] == ["compiler"]
    give_post(person, government, "clerk", city_administrator, Term(clock.today()))
    assert [choice.role for choice in choices_for(person.pk)] == ["compiler", "clerk"]
    with pytest.raises(Refused, match="已经终止"):
        end_post(first, None, city_administrator)
    with pytest.raises(NotManaged):
        end_post(first, None, replace(city_administrator, elevated=False))


def test_a_county_administrator_finds_only_people_of_their_bodies(elevated, county_administrator, someone):
    ours, theirs = someone("临河县城市更新工作专班", "clerk"), someone("平野县人民政府")
    client = elevated(county_administrator)
    assert client.get(reverse("bodies:person", args=[ours.pk])).status_code == 200
    for name in ("person", "edit-person", "new-post", "erase-person"):
        assert client.get(reverse(f"bodies:{name}", args=[theirs.pk])).status_code == 404
    for name in ("stop", "new-password", "lose-second-factor"):
        assert client.post(reverse(f"bodies:{name}", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("bodies:close-post", args=[theirs.posts.get().pk])).status_code == 404
    page = client.get("/people/").content.decode()
    assert ours.username in page
    assert theirs.username not in page
    theirs.refresh_from_db()
    assert theirs.is_active


def test_what_a_form_does_not_name_is_not_taken(elevated, city_administrator, someone):
    person = someone()
    told = {
        "name": "新名", "username": "taken-over", "is_active": "", "password": "x", "must_change_password": "on",
        "erased_at": "2026-01-01", "posts": "1",
    }  # fmt: skip
    elevated(city_administrator).post(reverse("bodies:edit-person", args=[person.pk]), told)
    changed = Person.objects.get(pk=person.pk)
    assert changed.name == "新名"
    assert (changed.username, changed.is_active, changed.erased_at, changed.must_change_password) == (
        person.username, True, None, False,
    )  # fmt: skip
    assert changed.check_password(PASSWORD)


def test_the_body_of_a_post_can_not_be_smuggled_in(elevated, county_administrator, someone, body):
    told = {"body": body("市政府").pk, "role": "approver"}
    person = someone("临河县城市更新工作专班", "clerk")
    answer = elevated(county_administrator).post(reverse("bodies:new-post", args=[person.pk]), told)
    assert "body" in answer.context["form"].errors
    assert person.posts.count() == 1


def test_the_list_narrows(city_administrator, someone, body):
    clerk, other = someone("临河县人民政府", "clerk"), someone("平野县人民政府", "reviewer")
    other.is_active = False
    other.save()

    def found(**asked):
        return set(people_list(city_administrator, **asked))

    assert {clerk, other} <= found()
    assert found(words=clerk.username) == {clerk}
    assert clerk in found(role="clerk")
    assert other not in found(role="clerk")
    assert found(body=body("平野县人民政府").pk, role="reviewer") == {other}
    assert other in found(state="inactive")
    assert other not in found(state="active")


@pytest.mark.parametrize("path", ["/people/", "/bodies/", "/account/", "/delegations/", "/people/export/"])
def test_a_list_takes_the_same_number_of_queries_with_one_row_and_with_three(
    path, elevated, city_administrator, someone, body
):
    client = elevated(city_administrator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def one_more(number: int) -> None:
        person = someone("市专班办公室", "clerk", number)
        Delegation.objects.create(
            post=Post.objects.get(pk=city_administrator.post), to=person,
            valid_from=clock.today(), valid_until=clock.today(), paper="委托书",
        )  # fmt: skip

    one_more(1)
    once = queries()
    one_more(2)
    one_more(3)
    assert queries() == once


def test_the_pages_give_and_end_a_post_and_tell_a_refusal(elevated, city_administrator, someone, body):
    client, person = elevated(city_administrator), someone()
    told = {"body": body("临河县人民政府").pk, "role": "clerk", "title": "秘书"}
    path = reverse("bodies:new-post", args=[person.pk])
    assert client.post(path, told).status_code == 302
    assert "role" in client.post(path, told).context["form"].errors
    post = person.posts.get(role="clerk")
    end = reverse("bodies:close-post", args=[post.pk])
    assert client.post(end, {"last": "not a day"}).status_code == 302
    assert [choice.role for choice in choices_for(person.pk)] == ["compiler"]
    client.post(end)
    page = client.get(reverse("bodies:person", args=[person.pk])).content.decode()
    assert "已经终止" in page
    assert "离岗" in page


def test_a_password_of_an_erased_person_is_not_reset_on_the_page(elevated, city_administrator, someone):
    from huancheng.platform.bodies.domain.erasing import erase_person

    person = someone()
    erase_person(person, city_administrator)
    answer = elevated(city_administrator).post(reverse("bodies:new-password", args=[person.pk]))
    assert answer["Location"] == reverse("bodies:person", args=[person.pk])
