"""A recognition moves a scheme to the route of major projects; what was approved before keeps its place or is void."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, NotAllowedByRoute
from huancheng.platform.casework.domain.recognising import recognise
from huancheng.policy.routes.state import StepStatus
from tests.platform.casework.walking import OFFICE, day

pytestmark = pytest.mark.django_db


def told(walk):
    return Entry.objects.filter(stream=walk.case.stream).order_by("-sequence").first().data


@pytest.mark.requirement("5.6-5", "5.6-6", "8.1-2")
def test_a_scheme_already_filed_stops_until_the_city_government_approves(scheme):
    with day(0):
        scheme.until("implement")
        assert scheme.ready == ["implement"]
        recognise(
            scheme.pk,
            "recognised_major",
            scheme.acting(OFFICE, "officer"),
            paper="示城更办〔2026〕1号",
            words="总投资十二亿元",
        )
    assert (scheme.case.route, scheme.case.approved, scheme.case.cleared) == ("scheme-escalated", False, False)
    assert scheme.standing.step("local-review").status is StepStatus.PASSED
    assert "implement" not in scheme.ready
    moved = told(scheme)["rerouted"]
    assert (moved["from"], moved["to"]) == ("scheme-ordinary", "scheme-escalated")
    becomes = {item["step"]: item["becomes"] for item in moved["steps"] if item["status"] != "skipped"}
    assert becomes == {"compile": "compile", "approve": "local-review", "file": ""}


def test_a_finished_scheme_is_opened_again(scheme):
    with day(0):
        scheme.until("implement")
        scheme.carry_out("implement")
        assert scheme.case.status == "finished"
        recognise(scheme.pk, "recognised_major", scheme.acting(OFFICE, "officer"), paper="1号", words="理由")
    assert scheme.case.status == "open"


def test_a_second_recognition_stays_on_the_route_but_brings_the_neighbours_in(scheme):
    officer = scheme.acting(OFFICE, "officer")
    with day(0):
        recognise(scheme.pk, "recognised_major", officer, paper="1号", words="理由")
        recognise(scheme.pk, "recognised_cross_area", officer, paper="2号", words="跨两县")
    assert "rerouted" not in told(scheme)
    assert "neighbours" in scheme.standing.state.steps


def test_only_an_officer_of_the_office_recognises_with_paper_and_grounds(scheme):
    officer = scheme.acting(OFFICE, "officer")
    with day(0):
        with pytest.raises(NotAllowed):
            recognise(
                scheme.pk, "recognised_major", scheme.acting("临河县人民政府", "approver"), paper="1号", words="理由"
            )
        with pytest.raises(InputFault, match="须有文号"):
            recognise(scheme.pk, "recognised_major", officer, paper="", words="理由")
        with pytest.raises(InputFault, match="须写明理由"):
            recognise(scheme.pk, "recognised_major", officer, paper="1号", words="")
        with pytest.raises(NotAllowedByRoute, match="不是可以认定的事项"):
            recognise(scheme.pk, "supply_mode", officer, paper="1号", words="理由")
    assert scheme.case.route == "scheme-ordinary"
