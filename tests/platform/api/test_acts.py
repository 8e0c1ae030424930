"""Every act of the API, called with sense by everybody: done by those who may, refused or hidden from the others."""

from __future__ import annotations

import pytest
from django.db import transaction

from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.rules import may
from tests.platform.doors import POSTURES, SEE_CASE

pytestmark = pytest.mark.django_db

DAY = "2026-11-02"
ACTS = {
    "complete": ("/steps/designate/complete", {}),
    "skip": ("/steps/consult/skip", {"words": "无需"}),
    "lapse": ("/steps/consult/lapse", {}),
    "request_correction": ("/steps/review/request-correction", {"words": "补图"}),
    "supply_correction": ("/steps/review/supply-correction", {}),
    "decide": ("/steps/review/decide", {"passed": True, "words": "同意"}),
    "record": ("/steps/designate/record", {"paper": "1号", "document_day": DAY}),
    "confirm_record": ("/steps/designate/confirm-record", {}),
    "return": ("/steps/review/return", {"to": "compile", "words": "重编"}),
    "withdraw": ("/withdraw", {"words": "暂缓"}),
    "resubmit": ("/resubmit", {}),
    "state_facts": ("/facts", {"facts": {}}),
    "meet_precondition": ("/preconditions/special-plan", {"paper": "示政字1号"}),
    "recognise": ("/recognise", {"fact": "recognised_major", "paper": "1号", "words": "重大"}),
    "back_enter": ("/back-entry", {"past": [{"step": "designate", "day": DAY, "paper": "1号"}]}),
    "comment": ("/comments", {"words": "请抓紧"}),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_hidden_refused_or_allowed_as_the_rules_say(act, caller, acting, unit):
    case = open_case("unit_plan", unit(), acting("临河县指定的编制部门", "compiler")).case
    path, content = ACTS[act]
    step = path.split("/")[2] if path.startswith("/steps/") else "designate" if act == "back_enter" else ""
    before = Event.objects.filter(stream=case.stream).count()
    for who, post in POSTURES.items():
        allowed = may(acting(*post), act, standing_of(case), step)
        with transaction.atomic():
            answer = caller(*post).post(f"/api/v1/cases/{case.pk}{path}", content, "application/json")
            after = Event.objects.filter(stream=case.stream).count()
            transaction.set_rollback(True)
        wanted = {404} if who not in SEE_CASE else {200, 400} if allowed else {400, 403}
        assert answer.status_code in wanted, who
        assert (after > before) == (answer.status_code == 200), who


def test_two_persons_record_a_decision_and_the_route_moves(caller, acting, unit):
    case = open_case("unit_plan", unit(), acting("临河县指定的编制部门", "compiler")).case.pk
    send = lambda client, path, **content: client.post(f"/api/v1/cases/{case}{path}", content, "application/json")  # noqa: E731
    officer, clerk = caller("市专班办公室", "officer"), caller("临河县城市更新工作专班", "clerk")
    assert send(officer, "/preconditions/special-plan", paper="示政字1号").status_code == 200
    entered = send(clerk, "/steps/designate/record", paper="临政办〔2026〕8号", document_day=DAY)
    assert entered.status_code == 400, "the paper is older than the step"
    from huancheng.platform.common import clock

    today = clock.today().isoformat()
    assert send(clerk, "/steps/designate/record", paper="临政办〔2026〕8号", document_day=today).json()["waiting"] == [
        "designate"
    ]
    assert send(clerk, "/steps/designate/confirm-record").status_code == 403
    second = caller("临河县人民政府", "approver")
    assert send(second, "/steps/designate/confirm-record").json()["waiting"] == ["compile"]
