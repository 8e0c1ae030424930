"""The words of a message, made when it is read, in the language of the reader."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huancheng.platform.casework.models import Message, MessageKind
from huancheng.platform.casework.queries.words import step_word
from huancheng.policy.routes.model import StepKind

ARRIVED_WITH_DEADLINE = _("%(step)s等您办理，期限 %(due)s")
DECIDED = {True: _("%(step)s已通过"), False: _("%(step)s未通过")}
FORMS = {
    MessageKind.ARRIVED: _("%(step)s等您办理"),
    MessageKind.CORRECTION: _("%(step)s环节要求补正"),
    MessageKind.DECIDED: _("%(step)s已作出决定"),
    MessageKind.RETURNED: _("%(step)s环节退回到%(to)s"),
    MessageKind.REMINDER: _("%(step)s将于 %(due)s 到期"),
    MessageKind.ESCALATION: _("%(step)s已逾期 %(level)s 个工作日以上，列入督办（期限 %(due)s）"),
    MessageKind.CHASED: _("专班办督办，请尽快办理"),
    MessageKind.MENTION: _("有留言提到您"),
    MessageKind.HANDED: _("%(step)s转交给您办理"),
    MessageKind.NOTICE_OVER: _("公示期已满（%(due)s），请办结公示"),
    MessageKind.DEADLINE_MOVED: _("%(step)s期限由 %(before)s 改为 %(due)s（工作日历更新）"),
}
"""One sentence for each kind."""
OWED = {
    (MessageKind.ARRIVED, "opinion"): _("有一份征询等本单位答复"),
    (MessageKind.ARRIVED, "review"): _("请您出具专家意见"),
    (MessageKind.REMINDER, "opinion"): _("征询意见将于 %(due)s 到期，请答复"),
    (MessageKind.REMINDER, "review"): _("专家意见将于 %(due)s 到期，请出具"),
}
"""Sentences for what is owed beside the steps: an opinion of a body asked, a review of an expert drawn."""


def words_of(message: Message) -> str:
    """Return what a message says about its case, without the case's title."""
    told = {name: message.data.get(name, "") for name in ("due", "before", "level")}
    told |= {"step": _step(message.data.get("step_kind", "")), "to": _step(message.data.get("to_kind", ""))}
    return gettext(_form(message)) % told


def _form(message: Message) -> str:
    kind = MessageKind(message.kind)
    if (kind, message.data.get("owed")) in OWED:
        return OWED[kind, message.data["owed"]]
    if kind is MessageKind.ARRIVED and message.data.get("due"):
        return ARRIVED_WITH_DEADLINE
    if kind is MessageKind.DECIDED and "passed" in message.data:
        return DECIDED[message.data["passed"]]
    return FORMS[kind]


def _step(kind: str) -> str:
    return step_word(kind) if kind in {item.value for item in StepKind} else ""
