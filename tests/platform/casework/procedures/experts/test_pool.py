"""The pool is kept by the office's officers; every change is on record."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.models import Conflict, Subject
from huancheng.platform.casework.procedures.experts.domain.pool import add_conflict, end_conflict, keep_expert
from huancheng.platform.casework.procedures.experts.rules import may_keep_pool
from huancheng.platform.casework.procedures.faults import ProcedureFault

pytestmark = pytest.mark.django_db


def test_fields_are_kept_once_each_and_in_order(expert, officer):
    made, acting = expert(1, fields=[" 结构 ", "规划", "规划", ""])
    assert made.fields == ["结构", "规划"]
    again = keep_expert(acting.person, officer, fields=["消防"], employer=None, active=False)
    assert (again.pk, again.active, again.added_on) == (made.pk, False, date(2026, 3, 2))
    entry = Entry.objects.get(stream=f"expert:{made.pk}", sequence=2)
    assert (entry.data["before"]["fields"], entry.data["after"]["fields"]) == (["结构", "规划"], ["消防"])


def test_only_the_office_keeps_the_pool(expert, acting, officer):
    made, own = expert(1)
    other = acting("临河县城市更新工作专班", "officer")
    for who in (own, other, acting("市专班办公室", "clerk")):
        assert not may_keep_pool(who)
        with pytest.raises(NotAllowed):
            keep_expert(own.person, who, fields=["规划"], employer=None)
        with pytest.raises(NotAllowed):
            add_conflict(made.pk, who, reason="任职", body=1)
    assert not may_keep_pool(None)


def test_a_conflict_is_with_one_thing_and_has_a_reason(expert, officer, unit):
    made, _ = expert(1)
    body, subject = Body.objects.get(name="市财政局"), unit()
    for arguments in ({}, {"body": body.pk, "subject": subject.pk}):
        with pytest.raises(ProcedureFault, match="一个"):
            add_conflict(made.pk, officer, reason="任职", **arguments)
    with pytest.raises(ProcedureFault, match="事由"):
        add_conflict(made.pk, officer, reason=" ", body=body.pk)
    assert not Conflict.objects.exists()


def test_a_conflict_that_ended_excludes_no_longer_and_stays_on_record(expert, officer, unit):
    made, _ = expert(1)
    conflict = add_conflict(made.pk, officer, reason="参加编制", subject=unit().pk)
    end_conflict(conflict.pk, officer)
    conflict.refresh_from_db()
    assert conflict.valid_until == date(2026, 3, 1)
    codes = list(Entry.objects.filter(stream=f"expert:{made.pk}").values_list("code", flat=True))
    assert codes == ["expert.kept", "expert.conflict_added", "expert.conflict_ended"]
    assert Subject.objects.get().expert_conflicts.get() == conflict
