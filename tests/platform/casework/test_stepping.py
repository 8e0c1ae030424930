"""A case goes from step to step by the acts of those who may."""

from __future__ import annotations

import pytest

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.moving import move
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.stepping import complete, decide
from huancheng.platform.casework.models import Case
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def designated(acting, unit):
    """A county's unit plan whose special plan is approved."""
    standing = open_case("unit_plan", unit(), acting("临河县指定的编制部门", "compiler"))
    officer = acting("市专班办公室", "officer")
    event = Event(EventKind.PRECONDITION_MET, clock.today(), to="special-plan", paper="示政字〔2026〕1号")
    return move(standing.case.pk, "meet_precondition", officer, event).case


def test_a_county_unit_plan_goes_from_designation_to_review(designated, acting, contents):
    complete(designated.pk, "designate", acting("临河县人民政府", "approver"))
    contents(designated.pk, acting("临河县指定的编制部门", "compiler"))
    complete(designated.pk, "compile", acting("临河县指定的编制部门", "compiler"))
    assert [task.step for task in Case.objects.get().tasks.all()] == ["consult"]


def test_the_reviewing_body_sees_the_case_only_once_it_reaches_it(designated, acting):
    complete(designated.pk, "designate", acting("临河县人民政府", "approver"))
    names = set(designated.sights.values_list("body__name", flat=True))
    assert names == {"临河县人民政府", "临河县指定的编制部门", "临河县城市更新工作专班"}


def test_a_compiler_cannot_designate(designated, acting):
    with pytest.raises(NotAllowed, match="办结"):
        complete(designated.pk, "designate", acting("临河县指定的编制部门", "compiler"))


def test_a_refused_act_leaves_nothing_behind(designated, acting):
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        decide(designated.pk, "review", acting("平野县自然资源和规划局", "reviewer"), passed=True, opinion="同意")
    assert Entry.objects.count() == before
    assert Case.objects.get().version == designated.version


def test_who_acts_on_an_old_page_is_told(designated, acting):
    approver = acting("临河县人民政府", "approver")
    complete(designated.pk, "designate", approver, expected=designated.version)
    with pytest.raises(Overtaken):
        complete(designated.pk, "designate", approver, expected=designated.version)
