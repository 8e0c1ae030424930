"""One snapshot is shown at a time; none that is shown can be retired."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain.switching import make_current, retire, set_approval, start_again
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.models import Event

pytestmark = pytest.mark.django_db


def record(digest: str, **more) -> SnapshotRecord:
    fields = {"state": "ready", "name": digest, "title": digest, "as_of": "2025-12-31", "crs": "EPSG:4548"}
    return SnapshotRecord.objects.create(digest=digest, taken_at=timezone.now(), **{**fields, **more})


def test_switching_moves_the_flag_and_is_recorded():
    old, new = record("a", current=True), record("b")
    make_current(new.pk, PROGRAM)
    assert list(SnapshotRecord.objects.filter(current=True)) == [new]
    event = Event.objects.get(stream=new.stream)
    assert (event.code, event.data) == ("snapshot.shown", {"before": old.digest, "after": "b"})


def test_showing_what_is_shown_records_nothing():
    shown = record("a", current=True)
    make_current(shown.pk, PROGRAM)
    assert not Event.objects.exists()


@pytest.mark.parametrize("state", ["loading", "refused", "retired"])
def test_what_is_not_ready_is_not_shown(state):
    waiting = record("a", state=state)
    with pytest.raises(InputFault, match="还不能使用"):
        make_current(waiting.pk, PROGRAM)


def test_the_database_holds_no_two_shown_and_none_shown_that_is_not_ready():
    record("a", current=True)
    for fields in ({"current": True}, {"current": True, "state": "retired"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            record("b", **fields)


def test_what_is_shown_is_not_retired():
    shown = record("a", current=True)
    with pytest.raises(InputFault, match="正在使用"):
        retire(shown.pk, PROGRAM)


def test_a_retired_snapshot_can_be_brought_back():
    old = record("a")
    assert retire(old.pk, PROGRAM).state == "retired"
    assert start_again(old.pk, PROGRAM).state == "loading"
    assert [event.code for event in Event.objects.filter(stream=old.stream)] == [
        "snapshot.retired", "snapshot.started_again",
    ]  # fmt: skip


def test_the_approval_number_is_kept_with_what_stood_before():
    shown = record("a", approval="鲁S（2025）001号")
    set_approval(shown.pk, " 鲁S（2026）002号 ", PROGRAM)
    shown.refresh_from_db()
    assert shown.approval == "鲁S（2026）002号"
    assert Event.objects.get(stream=shown.stream).data["before"] == "鲁S（2025）001号"
