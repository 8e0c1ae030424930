"""A county's unit plan with a paper."""

from __future__ import annotations

import io

import pytest

from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.papers import Description, add_paper
from huancheng.platform.files.domain.store import take_in
from tests.platform.files import samples

COMPILER = ("临河县指定的编制部门", "compiler")
APPROVER = ("临河县人民政府", "approver")
STRANGER = ("平野县指定的编制部门", "compiler")


@pytest.fixture
def compiler(acting):
    return acting(*COMPILER)


@pytest.fixture
def colleague(acting):
    return acting(*COMPILER, number=2)


@pytest.fixture
def case(unit, compiler):
    return open_case("unit_plan", unit(), compiler).case


@pytest.fixture
def taken(db):
    """Return a function that takes a file in."""

    def take(data: bytes | None = None, name: str = "张三的方案.docx"):
        return take_in(io.BytesIO(data if data is not None else samples.word("第一稿")), name)

    return take


@pytest.fixture
def paper(case, taken, compiler):
    return add_paper(case.pk, taken(), Description("单元发展定位说明", "body", slot="单元发展定位"), compiler)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """Keep the files of a test in a folder of its own."""
    ours = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": ours}
