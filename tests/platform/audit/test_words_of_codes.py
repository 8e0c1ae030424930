"""Whoever browses the log reads words: every code that the program writes has some, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import huancheng.platform
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.naming import code_titles, kinds, names_of
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import BackEntryImport
from huancheng.platform.casework.procedures.experts.models import Expert
from huancheng.platform.casework.procedures.meetings.models import Meeting
from huancheng.platform.casework.procedures.notices.models import Notice
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.common import clock
from tests.platform.planning.making import a_computed_plan, a_plan, a_record, a_unit

ROOT = Path(huancheng.platform.__file__).parent
OF_CASES = {"record", "apply", "move"}
"""Functions of casework whose second argument is the act, logged as `case.<act>`."""


def codes_written() -> Iterator[tuple[str, str]]:
    """Yield every code that the source gives to the log, with the file."""
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or len(node.args) < 2:
                continue
            second = node.args[1]
            if not isinstance(second, ast.Constant) or not isinstance(second.value, str):
                continue
            if node.func.id == "append":
                yield second.value, file.name
            elif node.func.id in OF_CASES and "casework" in file.parts:
                yield f"case.{second.value}", file.name
            elif node.func.id == "_note":
                yield f"meeting.{second.value}", file.name


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_code_has_words(language):
    with translation.override(language):
        titles = code_titles()
    written = sorted(set(codes_written()))
    assert len(written) > 60
    assert [(code, file) for code, file in written if code not in titles] == []
    if language == "en":
        assert [code for code, _ in written if not titles[code].isascii()] == []


@pytest.fixture
def things(acting, unit):
    """One thing of each kind that the log names, with a word of its name."""
    officer = acting("市专班办公室", "officer")
    case = open_case("unit_plan", unit(), officer).case
    body, today = Body.objects.get(pk=officer.body), clock.today()
    expert = Expert.objects.create(person_id=officer.person, added_on=today)
    meeting = Meeting.objects.create(committee=body, host=body, title="第三次会议", held_on=today)
    notice = Notice.objects.create(
        case=case, step="notice", round=1, body=body, title="规划草案公示", published_on=today
    )
    workbook = BackEntryImport.objects.create(
        instrument="unit_plan", name="历年单元规划.xlsx", digest="0" * 64, body=body, person_id=officer.person,
        role="officer", at=clock.now(),
    )  # fmt: skip
    snapshot = SnapshotRecord.objects.create(
        digest="1" * 64, title="示例市底图", as_of="2026-01-01", taken_at=clock.now()
    )
    run = CheckupRunRecord.objects.create(
        digest="2" * 64, title="年度体检", system="s", system_title="s", as_of="2026-01-01", snapshot="1",
        scope_name="示例市", pack="p", taken_at=clock.now(),
    )  # fmt: skip
    return {
        "case": (case.pk, case.number), "export": (case.pk, case.number), "expert": (expert.pk, "市专班办公室"),
        "meeting": (meeting.pk, "第三次"), "notice": (notice.pk, "草案"), "back-entry": (workbook.pk, "历年"),
        "snapshot": (snapshot.pk, "底图"), "checkup": (run.pk, "年度体检"), "person": (officer.person, "市专班办公室"),
        "body": (body.pk, "专班"), **plans_of(officer),
    }  # fmt: skip


def plans_of(officer):
    """One thing of each kind that plans bring."""
    plan = a_plan(officer)
    unit, record = a_unit(plan), a_record()
    return {
        "special-plan": (plan.pk, "临河县"), "renewal-unit": (unit.pk, unit.number), "plan-record": (record.pk, "规划"),
        "alternative": (unit.alternative_id, "方案一"), "unit-plan": (a_computed_plan(unit).pk, unit.number),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_thing_is_told_by_its_name_and_leads_to_its_page(things):
    for kind, (number, words) in things.items():
        assert words in names_of(kind, [number])[number], kind
        assert kinds()[kind].url(number).endswith(f"/{number}/"), kind
    assert set(kinds()) - set(things) == {"elevation", "import"}
    assert names_of("elevation", [1]) == names_of("import", [1]) == names_of("nothing", [1]) == {}


@pytest.mark.django_db
def test_a_thing_is_found_by_a_word_of_its_name_and_by_no_other(things):
    for kind, (number, words) in things.items():
        find = kinds()[kind].find
        if find is not None:
            assert number in list(find(words)), kind
            assert list(find("没有这样的名称")) == [], kind
