"""A case made in the browser is in the backup, and in the register of another home it is restored into."""

from __future__ import annotations

import json

import pytest

from huancheng.platform.audit.models import Event
from huancheng.platform.casework.models import Case
from huancheng.platform.operations.backups.writing import make_backup
from tests.platform.installation import empty_installation

TELL = """
import json
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.casework.models import Case
case = Case.objects.get()
print(json.dumps([case.title, case.status, Event.objects.filter(stream=case.stream).latest("sequence").digest,
                  verify_log().whole]))
"""


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_a_case_comes_back_elsewhere(desk, tmp_path):
    compiler = desk("临河县指定的编制部门", "compiler")
    compiler.go("审批")
    compiler.follow("发起案卷")
    compiler.send("查看路线", 事项=("城市更新单元规划",))
    compiler.send("查看路线", 新对象名称="东关更新单元", 新对象编号="LH-07")
    compiler.press("发起")
    case = Case.objects.get()

    archive = tmp_path / "backup.tar"
    make_backup(archive)
    target = empty_installation(tmp_path, "sqlite", None, "elsewhere")
    done = target.huancheng("restore", str(archive), "--json")
    assert done.returncode == 0, done.stderr
    last = Event.objects.filter(stream=case.stream).latest("sequence").digest
    assert json.loads(target.script(TELL)) == [case.title, "open", last, True]
