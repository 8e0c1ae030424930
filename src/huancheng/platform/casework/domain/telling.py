"""The interpreter's refusals in an officer's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huancheng.platform.casework.domain.faults import NotAllowedByRoute
from huancheng.policy.routes.events import Event
from huancheng.policy.routes.interpret import RouteFault
from huancheng.policy.routes.state import CaseStatus, StepStatus

if TYPE_CHECKING:
    from huancheng.platform.casework.domain.standing import CaseStanding

STEP_STATUS: dict[StepStatus, str] = {
    StepStatus.WAITING: _("未开始"),
    StepStatus.READY: _("待办"),
    StepStatus.STOPPED: _("补正中"),
    StepStatus.DONE: _("已办结"),
    StepStatus.PASSED: _("已通过"),
    StepStatus.REFUSED: _("未通过"),
    StepStatus.LAPSED: _("逾期视为无异议"),
    StepStatus.SKIPPED: _("已略过"),
}
"""Words for where a step stands."""

CASE_STATUS: dict[CaseStatus, str] = {
    CaseStatus.OPEN: _("办理中"),
    CaseStatus.FINISHED: _("已办结"),
    CaseStatus.REFUSED: _("未通过"),
    CaseStatus.WITHDRAWN: _("已撤回"),
}
"""Words for where a case stands."""

MESSAGES: dict[str, tuple[str, str]] = {
    "no_events": (_("案卷没有任何记录"), _("请联系系统管理员核对日志")),
    "open_already": (_("案卷已经发起"), _("如需另办，请另行发起")),
    "case_over": (_("案卷%(case)s，不能再办理"), _("如需继续，请重新提交或另行发起")),
    "not_opened": (_("案卷尚未发起"), _("请先发起案卷")),
    "other_pack": (_("案卷按另一版本的政策包发起"), _("请联系系统管理员核对政策包存档")),
    "step_elsewhere": (_("“%(step)s”%(status)s，现在不能这样办理%(unmet)s"), _("请先办完前面的环节和前置条件")),
    "before_step": (
        _("日期 %(day)s 早于“%(step)s”开始之日 %(ready)s"),
        _("请改正日期；早已办过的事项请用“补录”，并附文号"),
    ),
    "no_precondition": (_("此路线没有这项前置条件"), _("请从列出的前置条件中选择")),
    "precondition_paper": (_("确认前置条件须有案卷号或文号"), _("请填写文号，或选择已办的案卷")),
    "fact_is_act": (_("认定事项不能直接填报"), _("请用“登记认定”，并附认定文件的文号")),
    "ends_with_decision": (_("“%(step)s”须作出通过或不通过的决定"), _("请选择“作出决定”或“登记决定”")),
    "notice_too_short": (_("公示须满 %(due)s 方可结束"), _("请在公示期满后办理")),
    "decides_nothing": (_("“%(step)s”不作决定"), _("请选择“办结”")),
    "silence_says_nothing": (_("“%(step)s”逾期不答复不能视为无异议"), _("请等待答复，或催办")),
    "time_not_over": (_("“%(step)s”的期限（%(due)s）还没有到"), _("请在期满后再办")),
    "not_optional": (_("“%(step)s”不能略过"), _("请照路线办理")),
    "return_where": (_("只能退回到此前的环节"), _("请选择前面的一个环节")),
    "before_request": (_("日期 %(day)s 早于要求补正之日"), _("请改正日期")),
    "delegation_paper": (_("委托办理须写明受托机构和委托文书的文号"), _("请补填")),
    "not_resubmittable": (_("案卷%(case)s，不能重新提交"), _("只有已撤回或未通过的案卷可以重新提交")),
    "no_recognition": (_("这不是可以认定的事项"), _("请从列出的认定事项中选择")),
    "recognition_paper": (_("登记认定须有认定文件的文号"), _("请填写文号")),
    "no_rerouting": (_("政策包没有写明认定后如何转入新路线"), _("请联系系统管理员补充政策包")),
    "back_entry_paper": (_("补录须有文号和补录日期"), _("请填写文号")),
    "step_over": (_("“%(step)s”已经结束"), _("请选择其他环节")),
    "no_edition": (_("没有这一版工作日历"), _("请采用政策包中的工作日历")),
    "votes_missing": (_("“%(step)s”以表决方式决定"), _("请填写应到、实到和同意票数")),
    "answer_missing": (_("请选择通过或不通过"), _("请补填")),
    "votes_wrong": (_("票数不符：同意票不能多于实到，实到不能多于应到（扣除回避）"), _("请核对票数")),
}
"""By situation of the fault: what is wrong and what to do."""


def tell(fault: RouteFault, standing: CaseStanding, event: Event) -> NotAllowedByRoute:
    """Return a refusal of the interpreter in an officer's words.

    Parameters
    ----------
    fault
        What the interpreter said.
    standing
        The case as it stood.
    event
        What was to happen.
    """
    message, cure = MESSAGES[fault.situation]
    words = {
        "case": gettext(CASE_STATUS[standing.state.status]),
        "day": event.day.isoformat(),
        **_step(standing, event),
    }
    return NotAllowedByRoute(fault, gettext(message) % words, gettext(cure))


def _step(standing: CaseStanding, event: Event) -> dict[str, str]:
    planned = next((item for item in standing.plan.steps if item.step.id == event.step), None)
    if planned is None:
        return {"step": event.step, "status": "", "ready": "", "due": "", "unmet": ""}
    current = standing.step(event.step)
    due = standing.interpreter.due(standing.state, event.step)
    missing = standing.interpreter.missing_preconditions(standing.state)
    texts = [item.text for item in standing.plan.preconditions if item.id in missing]
    return {
        "step": f"{planned.step.kind.official}（{planned.body.name}）",
        "status": gettext(STEP_STATUS[current.status]),
        "ready": current.ready_on.isoformat() if current.ready_on else "",
        "due": due.day.isoformat() if due else "",
        "unmet": gettext("；前置条件未满足：%s") % "、".join(texts) if texts else "",
    }
