"""Contents are written part by part; what is handed in stays as an edition whose digests stand in the log."""

from __future__ import annotations

import hashlib

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.domain.writing import LONGEST, write_part
from huancheng.platform.casework.models import Edition, Part
from tests.platform.casework.walking import day

pytestmark = pytest.mark.django_db

PART = "单元发展定位"


@pytest.fixture
def compiling(plan):
    with day(0):
        plan.carry_out("designate")
    return plan


@pytest.fixture
def compiler(compiling):
    return compiling.officer_of("compile")


def test_a_draft_is_saved_and_stays_out_of_the_log(compiling, compiler):
    before = Entry.objects.count()
    part = write_part(compiling.pk, PART, "初稿", compiler)
    assert (part.text, part.version, part.updated_by_id, Entry.objects.count()) == ("初稿", 1, compiler.person, before)


def test_who_writes_over_a_newer_text_is_told_and_the_newer_text_stays(compiling, compiler):
    write_part(compiling.pk, PART, "甲", compiler, version=0)
    with pytest.raises(Overtaken, match="同事刚刚保存过"):
        write_part(compiling.pk, PART, "乙", compiler, version=0)
    assert Part.objects.get(case=compiling.pk, name=PART).text == "甲"


@pytest.mark.parametrize(("name", "text", "words"), [("诗", "x", "没有“诗”"), (PART, "x" * (LONGEST + 1), "内容过长")])
def test_only_parts_of_the_instrument_of_a_fitting_length(compiling, compiler, name, text, words):
    with pytest.raises(InputFault, match=words):
        write_part(compiling.pk, name, text, compiler)
    assert not Part.objects.exists()


def test_nobody_writes_before_or_after_the_time_to_write_and_no_stranger_ever(plan):
    compiler = plan.officer_of("compile")
    with pytest.raises(NotAllowed):
        write_part(plan.pk, PART, "早了", compiler)
    with day(0):
        plan.carry_out("designate")
        with pytest.raises(NotAllowed):
            write_part(plan.pk, PART, "他县", plan.acting("平野县指定的编制部门", "compiler"))
        plan.carry_out("compile")
        with pytest.raises(NotAllowed):
            write_part(plan.pk, PART, "晚了", compiler)
    assert Part.objects.get(case=plan.pk, name=PART).text == f"{PART}：示例文字。"


@pytest.mark.requirement("5.3-2", "5.3-3")
def test_a_plan_is_not_handed_in_until_every_part_is_written(compiling, compiler):
    write_part(compiling.pk, PART, "定位", compiler)
    with day(0), pytest.raises(InputFault, match="内容不齐：规划控制指标、"):
        complete(compiling.pk, "compile", compiler)
    assert compiling.ready == ["compile"]
    assert not Edition.objects.exists()


def test_what_is_handed_in_is_kept_and_its_digests_stand_in_the_log(compiling):
    with day(0):
        compiling.carry_out("compile")
    edition = Edition.objects.get()
    entry = Entry.objects.filter(stream=compiling.case.stream, code="case.complete").order_by("-sequence").first()
    assert (edition.number, edition.round, entry.data["edition"]) == (1, 1, 1)
    text = edition.parts[PART]
    assert entry.data["parts"][PART] == hashlib.sha256(text.encode()).hexdigest()
