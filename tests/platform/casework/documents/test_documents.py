"""What is printed of a case says what the case says, and the same case prints the same bytes."""

from __future__ import annotations

import io

import docx
import pytest

from huancheng.platform.casework.documents.correction_notice import correction_notice
from huancheng.platform.casework.documents.dossier import dossier_of
from huancheng.platform.casework.documents.filing_receipt import filing_receipt
from huancheng.platform.casework.documents.form_docx import to_docx
from huancheng.platform.casework.documents.kinds import KINDS, ready_kinds
from huancheng.platform.common import clock
from huancheng.policy.routes.events import EventKind
from tests.platform.casework.documents.conftest import do, standing, walk

pytestmark = pytest.mark.django_db


def printed(case: int, kind: str) -> str:
    return words_in(to_docx(KINDS[kind].compose(dossier_of(standing(case)))))


def words_in(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def ready(case: int) -> set[str]:
    return {kind.id for kind in ready_kinds(standing(case))}


def test_at_the_beginning_there_is_a_form_a_sheet_and_a_summary(case):
    assert ready(case.pk) == {"approval-form", "opinion-sheet", "summary"}


def test_the_approval_form_leaves_room_for_what_is_still_to_come(case):
    words = printed(case.pk, "approval-form")
    assert case.number in words
    assert "（签字、盖章）" in words
    assert "拟同意" not in words


def test_the_approval_form_tells_opinions_votes_and_papers(case, compiler):
    walk(case.pk, compiler)
    words = printed(case.pk, "approval-form")
    assert "材料齐全，拟同意。" in words
    assert "示文〔2026〕" in words
    assert "（签字、盖章）" not in words


def test_the_receipt_bears_the_number_and_the_day_of_the_filing(case, compiler):
    walk(case.pk, compiler)
    filed = standing(case.pk)
    step = next(item.step.id for item in filed.plan.steps if item.step.kind == "file")
    words = printed(case.pk, "filing-receipt")
    assert filed.step(step).paper in words
    day = filed.step(step).ended_on
    assert f"{day.year}年{day.month}月{day.day}日" in words
    assert filed.body_of(filed.plan.step(step)).name in words


def test_no_receipt_before_the_filing(case):
    assert "filing-receipt" not in ready(case.pk)
    with pytest.raises(ValueError, match="nothing was filed"):
        filing_receipt(dossier_of(standing(case.pk)))


def test_the_notice_lists_what_is_to_be_supplied(case, compiler):
    walk(case.pk, compiler, until="review")
    with clock.at(clock.now().replace(year=2027)):
        do(
            case.pk,
            "request_correction",
            compiler,
            "补充资金来源说明\n\n更正第3页指标",
            kind=EventKind.CORRECTION_REQUESTED,
            step="review",
        )
    assert "correction-notice" in ready(case.pk)
    words = printed(case.pk, "correction-notice")
    assert "1. 补充资金来源说明" in words
    assert "2. 更正第3页指标" in words
    assert "停止计算办理时限" in words


def test_one_thing_to_supply_is_not_numbered(case, compiler):
    walk(case.pk, compiler, until="review")
    with clock.at(clock.now().replace(year=2027)):
        do(case.pk, "request_correction", compiler, "补充图纸", kind=EventKind.CORRECTION_REQUESTED, step="review")
    words = printed(case.pk, "correction-notice")
    assert "补充图纸" in words
    assert "1. " not in words


def test_no_notice_where_nothing_was_asked_for(case):
    with pytest.raises(ValueError, match="no correction"):
        correction_notice(dossier_of(standing(case.pk)))


def test_the_summary_shows_every_step_and_its_deadline(case, compiler):
    walk(case.pk, compiler, until="review")
    words = printed(case.pk, "summary")
    there = standing(case.pk)
    for planned in there.plan.steps:
        assert planned.step.kind.official in words
    assert "附件" in words


def test_a_blank_sheet_offers_the_choices(case):
    assert "□同意" in printed(case.pk, "opinion-sheet")


@pytest.mark.parametrize("kind", ["approval-form", "opinion-sheet", "summary", "filing-receipt"])
def test_the_same_case_prints_the_same_bytes(case, compiler, kind):
    walk(case.pk, compiler)
    first = to_docx(KINDS[kind].compose(dossier_of(standing(case.pk))))
    with clock.at(clock.now().replace(year=2030)):
        assert to_docx(KINDS[kind].compose(dossier_of(standing(case.pk)))) == first


def test_a_vote_is_printed_in_numbers(case):
    dossier = dossier_of(standing(case.pk))
    dossier.entries[-1].data["event"] = {"step": "x", "vote": {"yes": 9, "present": 10, "seats": 12, "recused": 1}}
    assert dossier.vote_of("x") == "应到12人，回避1人，实到10人，同意9票"
    assert dossier.vote_of("y") == ""
