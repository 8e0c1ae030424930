"""Every act has a page; whoever posts to it changes the case only if the rules say so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.recording import record_decision
from huancheng.platform.casework.domain.remarking import comment
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.forms.acts import ACT_FORMS
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import STEP_ACTS, may
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE, day
from tests.platform.doors import POSTURES

pytestmark = pytest.mark.django_db

FILLED = {
    "passed": "1", "words": "填写的内容", "paper": "号1", "document_day": "2026-03-02", "day": "2026-03-02",
    "verdict": "confirm", "to": "compile", "precondition": "special-plan", "fact": "recognised_major",
}  # fmt: skip
STAGES = ("designate", "review", "approve")


def client_of(acting) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=acting.person))
    return client


def url_of(walk, act, step):
    name, args = ("casework:step-act", [walk.pk, act, step]) if step else ("casework:act", [walk.pk, act])
    return reverse(name, args=args)


def state_of(walk):
    case = walk.case
    return case.version, case.status, case.parts.count(), sorted(case.tasks.values_list("step", "status", "holder"))


@pytest.mark.parametrize("stage", STAGES)
def test_posting_an_act_changes_a_case_only_if_the_rules_allow_it(stage, plan):
    with day(0):
        plan.until(stage)
        through = plan.standing.through_of(plan.planned(stage))
        if through is not None:
            judges = plan.planned(stage).step.kind.judges
            record_decision(
                plan.pk, stage, plan.acting(through.name, "clerk"), paper="1号", document_day=clock.today(),
                passed=True if judges else None,
            )  # fmt: skip
        before = state_of(plan)
        standing = plan.standing
        asked = refused = 0
        for name, where in POSTURES.items():
            acting = plan.acting(*where)
            client, seen = client_of(acting), visible_cases(acting).filter(pk=plan.pk).exists()
            for act in sorted(ACT_FORMS) if seen else ("decide", "comment"):
                step = stage if act in STEP_ACTS else ""
                asked += 1
                if seen and may(acting, act, standing, step):
                    assert client.get(url_of(plan, act, step)).status_code == 200, (name, act)
                    continue
                refused += 1
                answer = client.post(url_of(plan, act, step), {**FILLED, "version": before[0]})
                assert answer.status_code == (403 if seen else 404), (name, act)
        assert state_of(plan) == before
        assert asked > refused > asked // 3


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(plan):
    before = state_of(plan)
    answer = Client().post(url_of(plan, "withdraw", ""), FILLED)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("bodies:sign-in"))
    assert state_of(plan) == before


@pytest.mark.parametrize(("act", "step"), [("emperor", ""), ("decide", ""), ("withdraw", "review"), ("decide", "moon")])
def test_what_is_no_act_is_not_there(act, step, plan):
    client = client_of(plan.acting(OFFICE, "officer"))
    assert client.get(url_of(plan, act, step)).status_code == 404


def test_a_decision_is_made_from_its_page(plan):
    with day(0):
        plan.until("review")
        client = client_of(plan.officer_of("review"))
        page = client.get(url_of(plan, "decide", "review"))
        assert "意见" in page.content.decode()
        data = {**FILLED, "version": plan.case.version}
        answer = client.post(url_of(plan, "decide", "review"), data)
        assert (answer.status_code, answer["Location"]) == (302, reverse("casework:case", args=[plan.pk]))
        assert plan.ready == ["approve"]


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(plan):
    with day(0):
        plan.until("review")
        client = client_of(plan.officer_of("review"))
        answer = client.post(
            url_of(plan, "decide", "review"), {"passed": "1", "words": "", "paper": "保留的文号", "day": "2026-03-02"}
        )
    assert answer.status_code == 422
    assert "保留的文号" in answer.content.decode()
    assert plan.ready == ["review"]


def test_a_fault_of_the_route_stands_at_its_field_in_chinese(plan):
    with day(3):
        plan.until("review")
        answer = client_of(plan.officer_of("review")).post(
            url_of(plan, "decide", "review"),
            {"passed": "1", "words": "同意", "day": "2026-03-02", "version": plan.case.version},
        )
    assert answer.status_code == 422
    assert "早于“审核（临河县自然资源和规划局）”开始之日" in answer.content.decode()


def test_an_old_page_is_answered_with_what_happened_and_keeps_the_words(plan):
    with day(0):
        plan.until("review")
        first, second = (plan.acting("临河县自然资源和规划局", "reviewer", number) for number in (1, 2))
        seen = plan.case.version
        client_of(first).post(url_of(plan, "request_correction", "review"), {"words": "补图", "version": seen})
        answer = client_of(second).post(
            url_of(plan, "decide", "review"),
            {"passed": "1", "words": "我写了很久的意见", "day": "2026-03-02", "version": seen},
        )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "我写了很久的意见" in text
    assert "要求补正，停止计时" in text


def test_an_old_page_whose_act_can_still_be_done_is_filled_in_again_with_the_new_version(plan):
    with day(0):
        plan.until("review")
        seen = plan.case.version
        client_of(plan.acting(OFFICE, "officer")).post(
            url_of(plan, "instruct", ""), {"words": "市长批示", "day": "2026-03-02", "version": seen}
        )
        client = client_of(plan.officer_of("review"))
        old = client.post(url_of(plan, "decide", "review"), {**FILLED, "words": "意见留着", "version": seen})
        text = old.content.decode()
        assert old.status_code == 409
        assert f'value="{plan.case.version}"' in text
        assert "意见留着" in text
        assert "市长批示" in text
        again = client.post(url_of(plan, "decide", "review"), {**FILLED, "version": plan.case.version})
        assert again.status_code == 302


def test_remarks_of_others_make_no_page_old(plan):
    with day(0):
        seen = plan.case.version
        comment(plan.pk, plan.acting(OFFICE, "officer"), words="看到了")
        client = client_of(plan.officer_of("designate"))
        assert (
            client.post(url_of(plan, "complete", "designate"), {"day": "2026-03-02", "version": seen}).status_code
            == 302
        )


def test_beside_the_case_the_form_comes_alone_and_success_leads_back(plan):
    with day(0):
        client = client_of(plan.officer_of("designate"))
        form = client.get(url_of(plan, "complete", "designate"), headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in form
        assert 'hx-post="' in form
        answer = client.post(
            url_of(plan, "complete", "designate"),
            {"day": "2026-03-02", "version": plan.case.version},
            headers={"HX-Request": "true"},
        )
    assert answer["HX-Redirect"] == reverse("casework:case", args=[plan.pk])
    assert plan.ready == ["compile"]


def test_a_step_that_ended_meanwhile_without_a_page_is_refused_and_keeps_the_words(plan):
    with day(0):
        approver = plan.officer_of("designate")
        complete(plan.pk, "designate", approver)
        answer = client_of(approver).post(url_of(plan, "complete", "designate"), {"words": "我的说明"})
    assert answer.status_code == 403
    assert "我的说明" in answer.content.decode()
