"""A sheet for each body asked and each expert drawn, filled in as far as they have answered."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.documents.dossier import dossier_of
from huancheng.platform.casework.documents.form import NewPage
from huancheng.platform.casework.documents.form_docx import to_docx
from huancheng.platform.casework.documents.kinds import KINDS
from huancheng.platform.casework.procedures.consultation.models import OpinionAnswer, OpinionRequest
from huancheng.platform.casework.procedures.experts.models import Expert, ExpertOpinion, Panel, PanelSeat
from tests.platform.casework.documents.conftest import standing
from tests.platform.casework.documents.test_documents import words_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)


def sheets(case):
    return KINDS["opinion-sheet"].compose(dossier_of(standing(case.pk)))


def ask(case, body: Body, **more) -> OpinionRequest:
    return OpinionRequest.objects.create(
        case=case, step="consult", round=1, body=body, asked_by=case.opened_by, asked_on=DAY, due_on=DAY,
        matter="消防通道是否满足", **more,
    )  # fmt: skip


def test_a_body_that_has_not_answered_gets_its_sheet_to_fill_in(case):
    body = Body.objects.get(name="临河县自然资源和规划局")
    ask(case, body)
    words = words_in(to_docx(sheets(case)))
    assert body.name in words
    assert "消防通道是否满足" in words
    assert "□同意" in words


def test_an_answer_is_printed_on_its_sheet_and_a_late_one_is_not(case):
    request = ask(case, Body.objects.get(name="临河县自然资源和规划局"))
    given = {"request": request, "day": DAY, "entered_on": DAY, "entered_by": request.body}
    OpinionAnswer.objects.create(opinion="remarks", text="通道宽度不足四米", paper="临资规函〔2026〕5号", **given)
    OpinionAnswer.objects.create(opinion="disagree", text="迟到的意见", late=True, **given)
    words = words_in(to_docx(sheets(case)))
    assert "同意但有意见" in words
    assert "通道宽度不足四米" in words
    assert "临资规函〔2026〕5号　2026年3月20日" in words
    assert "迟到的意见" not in words


def test_each_has_a_page_and_the_cancelled_none(case):
    bodies = list(Body.objects.all()[:3])
    ask(case, bodies[0])
    ask(case, bodies[1])
    ask(case, bodies[2], status="cancelled")
    blocks = sheets(case).blocks
    assert sum(isinstance(block, NewPage) for block in blocks) == 1
    assert bodies[2].name not in words_in(to_docx(sheets(case)))


def test_experts_have_sheets_too_except_those_who_declined(case):
    panel = Panel.objects.create(case=case, step="expert", round=1, seed="0", seats=3, drawn_on=DAY, due_on=DAY)
    for number, status in enumerate(("given", "assigned", "declined")):
        person = Person.objects.create_user(f"expert{number}", name=f"专家{number}号")
        expert = Expert.objects.create(person=person, added_on=DAY)
        seat = PanelSeat.objects.create(panel=panel, expert=expert, order=number, status=status)
        if status == "given":
            ExpertOpinion.objects.create(place=seat, verdict="after_changes", text="补充日照分析", day=DAY)
    words = words_in(to_docx(sheets(case)))
    assert "修改后赞成" in words
    assert "补充日照分析" in words
    assert "专家1号" in words
    assert "专家2号" not in words
