"""Each act can be done from its own page, with what an officer fills in there."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.returning import request_correction, withdraw
from huancheng.platform.casework.models import DecisionRecord, Paper
from huancheng.policy.routes.state import StepStatus
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db

TODAY = "2026-03-02"


def scan() -> SimpleUploadedFile:
    """Return a scanned page."""
    page = BytesIO()
    Image.new("L", (40, 60), 255).save(page, "PNG")
    return SimpleUploadedFile("纪要.png", page.getvalue(), "image/png")


def do(walk, acting, act, step="", **data):
    """Post an act's form and return the status."""
    client = Client()
    client.force_login(Person.objects.get(pk=acting.person))
    name, args = ("casework:step-act", [walk.pk, act, step]) if step else ("casework:act", [walk.pk, act])
    assert client.get(reverse(name, args=args)).status_code == 200
    answer = client.post(reverse(name, args=args), {"version": walk.case.version, **data})
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def status(walk, step):
    return walk.standing.step(step).status


def test_leaving_out_and_no_answer_in_time(plan):
    with day(0):
        for step in ("designate", "compile"):
            plan.carry_out(step)
    with day(40):
        clerk = plan.acting("临河县指定的编制部门", "clerk")
        do(plan, clerk, "lapse", "consult", words="无人答复")
        assert status(plan, "consult") is StepStatus.LAPSED


def test_an_optional_step_is_left_out(plan):
    with day(0):
        plan.carry_out("designate")
        do(plan, plan.acting("临河县指定的编制部门", "clerk"), "skip", "consult", words="编制中已征求")
    assert status(plan, "consult") is StepStatus.SKIPPED


def test_an_instruction_is_kept_with_its_scan_or_without(plan):
    with day(0):
        officer = plan.acting(OFFICE, "officer")
        do(plan, officer, "instruct", words="请抓紧。", day=TODAY)
        assert not Paper.objects.exists()
        do(plan, officer, "instruct", words="请抓紧办理。", paper="示政批〔2026〕3号", day=TODAY, scan=scan())
    paper = Paper.objects.get()
    assert (paper.case_id, paper.kind, paper.number) == (plan.pk, Paper.Kind.INSTRUCTION, "示政批〔2026〕3号")
    assert paper.dated.isoformat() == TODAY
    assert paper.versions.count() == 1


def test_an_instruction_whose_scan_is_refused_is_not_recorded(plan):
    with day(0):
        client = Client()
        client.force_login(Person.objects.get(pk=plan.acting(OFFICE, "officer").person))
        url = reverse("casework:act", args=[plan.pk, "instruct"])
        bad = SimpleUploadedFile("批示.png", b"MZ\x90\x00 no picture", "image/png")
        answer = client.post(url, {"version": plan.case.version, "words": "请抓紧。", "day": TODAY, "scan": bad})
    assert answer.status_code == 422
    assert not Event.objects.filter(stream=plan.case.stream, code="case.instruct").exists()


def test_recording_with_a_scan_and_confirming(plan):
    with day(0):
        plan.until("approve")
        clerks = [plan.acting("临河县城市更新工作专班", "clerk", number) for number in (1, 2)]
        do(
            plan, clerks[0], "record", "approve", passed="1", paper="纪要1号", document_day=TODAY, words="同意",
            scan=scan(),
        )  # fmt: skip
        assert DecisionRecord.objects.get().scan is not None
        do(plan, clerks[1], "confirm_record", "approve", verdict="confirm")
    assert status(plan, "approve") is StepStatus.PASSED


def test_a_record_that_differs_from_its_paper_is_refused(plan):
    with day(0):
        plan.until("approve")
        clerks = [plan.acting("临河县城市更新工作专班", "clerk", number) for number in (1, 2)]
        do(plan, clerks[0], "record", "approve", passed="0", paper="纪要1号", document_day=TODAY)
        do(plan, clerks[1], "confirm_record", "approve", verdict="refuse", words="结果不符")
    assert DecisionRecord.objects.get().status == "refused"
    assert status(plan, "approve") is StepStatus.READY


def test_correction_return_and_resubmission(plan):
    with day(0):
        plan.until("review")
        request_correction(plan.pk, "review", plan.officer_of("review"), words="补图")
        do(plan, plan.acting(OFFICE, "clerk"), "supply_correction", "review", words="已补")
        do(plan, plan.officer_of("review"), "return", "review", to="compile", words="重做")
        assert plan.ready == ["compile"]
        withdraw(plan.pk, plan.acting(OFFICE, "compiler"), words="缓办")
        do(plan, plan.acting(OFFICE, "compiler"), "resubmit", words="再办")
    assert (plan.ready, plan.case.round) == (["designate"], 3)


def test_withdrawing(plan):
    with day(0):
        do(plan, plan.acting(OFFICE, "compiler"), "withdraw", words="不办了")
    assert plan.case.status == "withdrawn"


def test_delegating_and_handing_over(plan):
    with day(0):
        plan.until("approve")
        to = Body.objects.get(name="临河县自然资源和规划局")
        do(plan, plan.officer_of("approve"), "delegate", "approve", to=to.pk, paper="委托1号", words="会期冲突")
        mine, theirs = (plan.acting(to.name, "approver", number) for number in (1, 2))
        do(plan, mine, "hand_over", "approve", to=theirs.person, words="出差")
    assert plan.case.tasks.get(step="approve").holder_id == theirs.person


def test_facts_preconditions_recognition_and_past_steps(acting, unit, scheme):
    officer = acting(OFFICE, "officer")
    with day(0):
        supply = Walk(open_case("land_supply_case", unit(kind="project", key="P3"), officer).case.pk, acting)
        do(supply, officer, "state_facts", supply_mode="协议出让", words="方案")
        assert supply.standing.state.facts["supply_mode"] == "协议出让"
        do(supply, officer, "meet_precondition", precondition="scheme", paper="临政复1号", day=TODAY, back_entered="on")
        assert supply.standing.state.met == {"scheme": "补录 临政复1号"}
        do(supply, officer, "back_enter", "decide", passed="1", paper="纪要2号", document_day=TODAY)
        assert supply.standing.step("decide").back_entered
        do(supply, officer, "back_enter", "conditions", paper="规划条件1号", document_day=TODAY)
        do(scheme, officer, "recognise", fact="recognised_major", paper="认定1号", day=TODAY, words="十二亿元")
    assert scheme.case.route == "scheme-escalated"


def test_votes_are_filled_in_where_the_route_sets_a_vote(acting, unit):
    with day(0):
        walk = Walk.begin(acting, "special_plan", unit(kind="jurisdiction", key="linhe"))
        walk.carry_out("compile")
    with day(60):
        walk.until("deliberate")
        do(
            walk, walk.officer_of("deliberate"), "decide", "deliberate", seats="11", recused="1", present="9", yes="7",
            words="审议通过", day="2026-05-01",
        )  # fmt: skip
    assert status(walk, "deliberate") is StepStatus.PASSED
