"""Standing in for another: by oneself, for some days, by a paper, and never further."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.audit.models import Event, Words
from huancheng.platform.bodies.domain.delegating import delegate, revoke
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.posts import Term, end_post
from huancheng.platform.bodies.models import Delegation, Person, Post
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.common import clock

PAPER = "委托书〔2026〕3号"


def days(first: int, last: int) -> Term:
    return Term(clock.today() + timedelta(days=first), clock.today() + timedelta(days=last))


@pytest.fixture
def giver(acting):
    return acting("临河县人民政府", "approver")


@pytest.fixture
def colleague(acting):
    return acting("临河县城市更新工作专班", "clerk")


@pytest.fixture
def lend(giver, colleague):
    def lent(term=None, *, to=colleague, by=giver, paper=PAPER):
        post = Post.objects.select_related("body").get(pk=by.post)
        return delegate(post, Person.objects.get(pk=to.person), term or days(0, 7), paper, by)

    return lent


def lent_to(who) -> list[tuple[str, int | None]]:
    return [(choice.role, choice.on_behalf_of) for choice in choices_for(who.person)]


def test_the_colleague_acts_in_both_names(lend, giver, colleague):
    lend()
    assert lent_to(colleague) == [("clerk", None), ("approver", giver.person)]


def test_what_is_done_so_is_recorded_in_both_names(lend, giver, colleague, client_as):
    from huancheng.platform.audit.domain.append import append

    lend()
    client = client_as("临河县城市更新工作专班", "clerk")
    client.post("/acting/", {"post": giver.post})
    acting = client.get("/account/").wsgi_request.acting
    assert (acting.person, acting.on_behalf_of, acting.role) == (colleague.person, giver.person, "approver")
    event = append("person:0", "test.done", acting)
    assert (event.actor, event.on_behalf_of, event.body) == (colleague.person, giver.person, giver.body)


def test_the_log_keeps_numbers_and_the_paper_as_words(lend, giver, colleague):
    made = lend()
    event = Event.objects.get(code="person.delegated")
    assert event.stream == f"person:{giver.person}"
    assert (event.data["delegation"], event.data["to"]) == (made.pk, colleague.person)
    assert PAPER not in str(event.data)
    assert Words.objects.get(event=event).text == PAPER


@pytest.mark.parametrize(("first", "last", "now"), [(1, 7, False), (-7, -1, False), (-7, 0, True), (0, 0, True)])
def test_it_holds_on_its_days_only(giver, colleague, first, last, now):
    term = days(first, last)
    Delegation.objects.create(
        post_id=giver.post, to_id=colleague.person, valid_from=term.first, valid_until=term.last, paper=PAPER
    )
    assert (("approver", giver.person) in lent_to(colleague)) is now


def test_a_revoked_one_holds_no_more(lend, giver, colleague):
    made = lend()
    revoke(made, giver)
    assert lent_to(colleague) == [("clerk", None)]
    with pytest.raises(Refused, match="已经终止"):
        revoke(made, giver)


def test_it_falls_with_the_post_the_body_or_the_person(lend, giver, colleague, city_administrator):
    lend()
    Person.objects.filter(pk=giver.person).update(is_active=False)
    assert lent_to(colleague) == [("clerk", None)]
    Person.objects.filter(pk=giver.person).update(is_active=True)
    end_post(Post.objects.get(pk=giver.post), None, city_administrator)
    assert lent_to(colleague) == [("clerk", None)]
    assert Delegation.objects.get().revoked_at is not None


def test_a_lent_post_can_not_be_lent_on(lend, giver, colleague, acting):
    lend()
    borrowed = next(choice for choice in choices_for(colleague.person) if choice.on_behalf_of)
    with pytest.raises(NotManaged, match="不能再委托"):
        lend(days(0, 1), to=acting("临河县人民政府", "clerk"), by=borrowed)


def test_another_persons_post_can_not_be_lent(giver, colleague, acting):
    thief = acting("临河县人民政府", "compiler")
    with pytest.raises(NotManaged):
        delegate(Post.objects.get(pk=giver.post), Person.objects.get(pk=colleague.person), days(0, 1), PAPER, thief)
    forged = replace(thief, post=giver.post)
    with pytest.raises(NotManaged):
        delegate(Post.objects.get(pk=giver.post), Person.objects.get(pk=colleague.person), days(0, 1), PAPER, forged)


def test_two_can_not_stand_in_for_each_other(lend, giver, colleague):
    lend()
    with pytest.raises(Refused, match="互相"):
        lend(to=giver, by=colleague)


def test_a_post_is_lent_to_one_at_a_time(lend, acting):
    lend(days(0, 3))
    with pytest.raises(Refused, match="已委托"):
        lend(days(3, 5), to=acting("临河县人民政府", "clerk"))
    lend(days(4, 5), to=acting("临河县人民政府", "clerk"))


@pytest.mark.parametrize(
    ("first", "last", "paper", "field"),
    [(0, -1, PAPER, "valid_until"), (-5, -1, PAPER, "valid_until"), (0, 1, " ", "paper")],
)
def test_wrong_days_or_no_paper_are_refused(lend, first, last, paper, field):
    with pytest.raises(Refused) as refused:
        lend(days(first, last), paper=paper)
    assert refused.value.field == field


def test_it_ends_no_later_than_the_post(lend, giver):
    Post.objects.filter(pk=giver.post).update(valid_until=clock.today() + timedelta(days=2))
    with pytest.raises(Refused, match="任职期限"):
        lend(days(0, 3))
    lend(days(0, 2))


def test_strangers_the_inactive_and_oneself_do_not_stand_in(lend, giver, acting):
    inactive = acting("临河县人民政府", "clerk")
    Person.objects.filter(pk=inactive.person).update(is_active=False)
    for nobody in (acting("平野县人民政府", "approver"), inactive, giver):
        with pytest.raises(Refused, match="不能委托这个人"):
            lend(to=nobody)


def test_the_page_lends_and_revokes(giver, colleague, client_as):
    client = client_as("临河县人民政府", "approver")
    term = days(0, 3)
    told = {"to": colleague.person, "valid_from": term.first, "valid_until": term.last, "paper": PAPER}
    assert client.post("/delegations/", told).status_code == 302
    assert PAPER in client.get("/delegations/").content.decode()
    made = Delegation.objects.get()
    assert made.post_id == giver.post
    assert client.post(reverse("bodies:revoke", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at


def test_a_stranger_can_not_be_chosen_on_the_page_and_a_refusal_is_told_there(
    giver, colleague, acting, client_as, lend
):
    client = client_as("临河县人民政府", "approver")
    stranger = acting("平野县人民政府", "approver")
    told = {"to": stranger.person, "valid_from": "2026-01-01", "valid_until": "2026-01-02", "paper": PAPER}
    assert "to" in client.post("/delegations/", told).context["form"].errors
    told["to"] = colleague.person
    assert "valid_until" in client.post("/delegations/", told).context["form"].errors
    assert not Delegation.objects.exists()


def test_neither_the_borrower_nor_a_stranger_revokes_it(lend, colleague, client_as):
    made = lend()
    with pytest.raises(NotManaged):
        revoke(made, colleague)
    for body, role in (("临河县城市更新工作专班", "clerk"), ("平野县人民政府", "approver")):
        assert client_as(body, role).post(reverse("bodies:revoke", args=[made.pk])).status_code == 404
    made.refresh_from_db()
    assert made.revoked_at is None


def test_the_bodys_administrator_revokes_it(lend, elevated, county_administrator, giver):
    made = lend()
    answer = elevated(county_administrator).post(reverse("bodies:revoke", args=[made.pk]))
    assert answer["Location"] == reverse("bodies:person", args=[giver.person])
    made.refresh_from_db()
    assert made.revoked_at


class TestSwitching:
    def test_one_acts_from_the_first_post_until_another_is_chosen(self, client_as, body):
        client = client_as("临河县人民政府", "approver")
        person = client.get("/account/").wsgi_request.user
        other = Post.objects.create(person=person, body=body("临河县城市更新工作专班"), role="clerk")
        assert client.get("/account/").wsgi_request.acting.role == "approver"
        assert client.post("/acting/", {"post": other.pk, "next": "/bodies/"})["Location"] == "/bodies/"
        assert client.get("/account/").wsgi_request.acting.role == "clerk"

    def test_another_persons_post_is_as_good_as_not_there(self, client_as, giver):
        client = client_as("平野县人民政府", "clerk")
        for post in (giver.post, "", "x", 10**12):
            assert client.post("/acting/", {"post": post}).status_code == 404
        assert client.get("/account/").wsgi_request.acting.role == "clerk"

    def test_a_chosen_post_that_ended_falls_back_to_the_first(self, client_as, lend, giver):
        made = lend()
        client = client_as("临河县城市更新工作专班", "clerk")
        client.post("/acting/", {"post": giver.post})
        revoke(made, giver)
        assert client.get("/account/").wsgi_request.acting.role == "clerk"

    def test_it_leads_to_no_other_site(self, client_as):
        client = client_as("平野县人民政府", "clerk")
        post = client.get("/account/").wsgi_request.acting.post
        assert client.post("/acting/", {"post": post, "next": "//evil.example"})["Location"] == "/"

    def test_the_top_bar_names_on_whose_behalf(self, client_as, lend, giver):
        lend()
        client = client_as("临河县城市更新工作专班", "clerk")
        assert f"代 {Person.objects.get(pk=giver.person)} 行使" in client.get("/account/").content.decode()


def test_a_visitor_switches_nothing():
    assert Client().post("/acting/", {"post": 1})["Location"].startswith("/sign-in/")
