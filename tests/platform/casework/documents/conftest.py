"""A county's unit plan taken along its route."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.moving import apply, lock
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.papers import Description, add_paper, offer_public_copy, replace_paper
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case, Part
from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import take_in
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.state import StepStatus
from tests.platform.files import samples

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def standing(case: int) -> CaseStanding:
    return standing_of(Case.objects.select_related("subject", "opened_by").get(pk=case))


def do(case: int, act: str, acting: Acting, words: str = "", **event) -> None:
    with transaction.atomic():
        apply(lock(case), act, acting, Event(event.pop("kind"), clock.today(), **event), words=words)


def walk(case: int, acting: Acting, until: str = "") -> None:
    """Take a case along its route to a step, or to its end; each step takes forty days."""
    moment = START
    for number, planned in enumerate(standing(case).plan.steps):
        if planned.step.id == until or standing(case).step(planned.step.id).status is not StepStatus.READY:
            return
        moment += timedelta(days=40)
        with clock.at(moment):
            step = planned.step
            paper = f"示文〔2026〕{number + 1}号"
            if step.vote:
                do(
                    case,
                    "decide",
                    acting,
                    "会议同意",
                    kind=EventKind.DECIDED,
                    step=step.id,
                    paper=paper,
                    vote=Vote(9, 10, 12, 1),
                )
            elif step.kind.judges:
                do(
                    case,
                    "decide",
                    acting,
                    "材料齐全，拟同意。",
                    kind=EventKind.DECIDED,
                    step=step.id,
                    passed=True,
                    paper=paper,
                )
            else:
                do(case, "complete", acting, "", kind=EventKind.COMPLETED, step=step.id, paper=paper)


@pytest.fixture
def compiler(acting) -> Acting:
    found: Acting = acting("临河县指定的编制部门", "compiler")
    Person.objects.filter(pk=found.person).update(name="编制甲")
    return found


@pytest.fixture
def case(unit, compiler, acting) -> Iterator[Case]:
    with clock.at(START):
        opened = open_case("unit_plan", unit(), compiler).case
        officer = acting("市专班办公室", "officer")
        do(
            opened.pk,
            "meet_precondition",
            officer,
            kind=EventKind.PRECONDITION_MET,
            to="special-plan",
            paper="示政字〔2026〕1号",
        )
        instrument = standing(opened.pk).plan.instrument
        for name in (*instrument.contents, *instrument.annexes):
            Part.objects.create(case=opened, name=name, text=f"{name}的内容")
        yield opened


@pytest.fixture
def with_papers(case, compiler, acting) -> Case:
    def take(data: bytes, name: str):
        return take_in(io.BytesIO(data), name)

    body = add_paper(
        case.pk, take(samples.word("第一稿"), "单元规划正文.docx"), Description("单元规划正文", "body"), compiler
    )
    replace_paper(body, take(samples.word("第二稿"), "单元规划正文（二稿）.docx"), compiler)
    offer_public_copy(body.versions.last(), take(samples.pdf(2), "公开版.pdf"), compiler)
    scan = Description("关于指定编制单位的批复", "approval", number="临政字〔2026〕12号", dated=START.date())
    add_paper(case.pk, take(samples.pdf(3), "a/b:批复?.pdf"), scan, compiler)
    return Case.objects.get(pk=case.pk)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """Keep the files of a test in a folder of its own."""
    ours = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": ours}
