"""A plan that hangs out, and the clerk who put it up."""

from __future__ import annotations

import hashlib

import pytest

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
