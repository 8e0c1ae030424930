"""A plan that hangs out, and the clerk who put it up."""

from __future__ import annotations

import hashlib

import pytest

from huancheng.platform.casework.models import Paper, PaperVersion, PublicCopy
from huancheng.platform.casework.procedures.notices.domain.publishing import publish
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile


@pytest.fixture
def clerk(acting):
    """A clerk of the county's task force, which acts for its government."""
    return acting("临河县城市更新工作专班", "clerk")


@pytest.fixture
def own_clerk(acting):
    """A clerk of the government itself."""
    return acting("临河县人民政府", "clerk")


@pytest.fixture
def plan(case_in):
    """A county's special plan, to hang for thirty days."""
    return case_in("special_plan", "notice")


@pytest.fixture
def notice(plan, clerk):
    return publish(plan.case.pk, "notice", clerk, title="专项规划草案公示", text="现予公示。", contact="临河县政务大楼")


@pytest.fixture
def stored(db):
    """Return a function that makes a stored file's row."""

    def make(content: bytes = b"%PDF-1.4") -> StoredFile:
        now = clock.now()
        return StoredFile.objects.create(
            sha256=hashlib.sha256(content).hexdigest(), size=len(content), format="pdf", media_type="application/pdf",
            created_at=now, wanted_at=now,
        )  # fmt: skip

    return make


@pytest.fixture
def paper_of(stored, acting):
    """Return a function that puts a paper into a case, with or without a copy the public may read."""

    def make(place, title: str, *, public: bool) -> Paper:
        now, first, second = clock.now(), acting("市专班办公室", "clerk"), acting("市专班办公室", "clerk", 2)
        number = place.case.papers.count() + 1
        paper = Paper.objects.create(case=place.case, position=number, title=title, kind="body")
        version = PaperVersion.objects.create(
            paper=paper, number=1, stored=stored(title.encode()), name="原件.pdf", brought_at=now
        )
        copy = PublicCopy.objects.create(
            version=version, stored=stored(f"{title} public".encode()), name="公开版.pdf", made_by=first.person,
            made_at=now, confirmed_by=second.person, confirmed_at=now,
        )  # fmt: skip
        if public:
            paper.published = copy
            paper.save()
        return paper

    return make
