"""Many at once obey the same rights as one: each is tried on its own, what is refused is explained."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.bulk import MOST, BulkAct, Mark, do_to_many, read_marks
from huancheng.platform.casework.domain.chasing import chase
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.holding import put_back, take
from huancheng.platform.casework.models import Case, Task
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db
GOVERNMENT = "临河县人民政府"


@pytest.fixture
def plans(acting, unit):
    """Three unit plans of one county and one of another, all waiting for designation."""
    with day(0):
        return [
            Walk.begin(acting, "unit_plan", unit(jurisdiction=place, key=f"U{number}"))
            for number, place in enumerate(("linhe", "linhe", "linhe", "pingye"))
        ]


def marks(walks, step="designate"):
    return [Mark(walk.pk, walk.case.version, step) for walk in walks]


def test_each_is_done_on_its_own_and_the_refused_are_explained(plans, acting):
    approver = acting(GOVERNMENT, "approver")
    ticked = marks(plans[:3])
    ticked[1] = Mark(plans[1].pk, 0, "designate")
    with day(1):
        outcomes = do_to_many(BulkAct.COMPLETE, ticked, approver)
    assert [bool(item.refusal) for item in outcomes] == [False, True, False]
    assert outcomes[1].refusal.startswith("这件案卷刚刚被他人办理过")
    assert outcomes[1].cure
    assert [walk.ready for walk in plans[:3]] == [["compile"], ["designate"], ["compile"]]


def test_cases_out_of_sight_are_not_there(plans, acting):
    before = LogEntry.objects.count()
    outcomes = do_to_many(BulkAct.COMPLETE, marks(plans), acting("东陵县人民政府", "approver"))
    assert outcomes == []
    assert LogEntry.objects.count() == before


def test_who_may_not_on_the_page_may_not_in_bulk(plans, acting):
    clerk = acting(plans[0].standing.through_of(plans[0].planned("designate")).name, "clerk")
    with day(1):
        outcomes = do_to_many(BulkAct.COMPLETE, marks(plans[:3]), clerk)
    assert all("您不能在此案卷中" in item.refusal for item in outcomes)
    assert len(outcomes) == 3


def test_work_is_taken_handed_on_and_put_back(plans, acting):
    first, second = acting(GOVERNMENT, "approver"), acting(GOVERNMENT, "approver", 2)
    with day(1):
        assert not any(item.refusal for item in do_to_many(BulkAct.TAKE, marks(plans[:2]), first))
        assert set(Task.objects.filter(holder=first.person).values_list("case", flat=True)) == {
            plans[0].pk,
            plans[1].pk,
        }
        outcomes = do_to_many(BulkAct.HAND_OVER, marks(plans[:2]), first, to=second.person, words="我去开会")
        assert not any(item.refusal for item in outcomes)
        assert set(Task.objects.values_list("holder", flat=True)) == {second.person, None}
        outcomes = do_to_many(BulkAct.PUT_BACK, marks(plans[:3]), second)
        assert [item.refusal for item in outcomes] == ["", "", "此环节没有人领办"]
    assert not Task.objects.filter(holder__isnull=False).exists()


def test_work_is_handed_only_to_colleagues_who_may_do_it(plans, acting):
    approver, stranger = acting(GOVERNMENT, "approver"), acting("平野县人民政府", "approver")
    with day(1):
        outcomes = do_to_many(BulkAct.HAND_OVER, marks(plans[:1]), approver, to=stranger.person)
    assert [item.refusal for item in outcomes] == ["这位同事没有办理此环节的岗位"]
    for nobody in (None, 10**9):
        with pytest.raises(InputFault, match="请选择接办的同事"):
            do_to_many(BulkAct.HAND_OVER, marks(plans[:1]), approver, to=nobody)


def test_the_office_chases_with_a_reason(plans, acting):
    officer = acting(OFFICE, "officer")
    with day(1):
        assert not any(item.refusal for item in do_to_many(BulkAct.CHASE, marks(plans[:2]), officer, words="请抓紧"))
        assert Task.objects.filter(chased_on__isnull=False).count() == 2
        assert do_to_many(BulkAct.CHASE, marks(plans[:1]), officer)[0].refusal == "“督办”须写明理由"
        assert do_to_many(BulkAct.CHASE, [Mark(plans[0].pk, plans[0].case.version, "file")], officer, words="?")[
            0
        ].refusal
    with pytest.raises(NotAllowed):
        chase(plans[0].pk, acting(GOVERNMENT, "approver"), words="请抓紧")


def test_two_steps_of_one_case_can_be_ticked_together(acting, unit):
    with day(0):
        walk = Walk.begin(acting, "bundle", unit(kind="project", key="B1"))
        walk.until("finance")
    body = walk.body("finance")
    reviewer = acting(body.name, "reviewer")
    with day(1):
        outcomes = do_to_many(BulkAct.TAKE, [*marks([walk], "finance"), *marks([walk], "finance")], reviewer)
    assert [item.refusal for item in outcomes] == ["", ""]


def test_one_takes_and_puts_back_only_what_one_may_do(plans, acting):
    stranger = acting("平野县人民政府", "approver")
    for do in (take, put_back):
        with pytest.raises(NotAllowed):
            do(plans[0].pk, "designate", stranger)


@pytest.mark.parametrize("text", ["", "x:1:designate", "1:x:designate", "１:1:a", f"1:1:{'a' * 300}", "-1:1:a"])
def test_marks_that_are_not_ours_are_refused(text):
    with pytest.raises(InputFault):
        read_marks([text])


def test_marks_are_read_once_each_and_not_too_many():
    assert read_marks(["7:3:review", "7:3:review"]) == [Mark(7, 3, "review")]
    for wrong in ([], [f"{number}:1:a" for number in range(MOST + 1)]):
        with pytest.raises(InputFault):
            read_marks(wrong)
    assert Case.objects.count() == 0
