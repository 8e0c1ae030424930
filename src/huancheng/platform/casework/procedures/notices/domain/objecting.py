"""Objections: how they come in, and how they are answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.moving import record
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.notices.models import Notice, Objection, ObjectionContact
from huancheng.platform.casework.procedures.notices.receipts import new_receipt
from huancheng.platform.casework.procedures.stage import enter
from huancheng.platform.common import clock

LONGEST = 5000
"""Signs of an objection or an answer."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who objects, as far as they wish to say.

    Parameters
    ----------
    name, address
        Name, and how to reach them.
    consent
        Whether they agreed that these are kept.
    """

    name: str = ""
    address: str = ""
    consent: bool = False

    @property
    def is_named(self) -> bool:
        """Whether there is anything personal to keep."""
        return bool(self.name.strip() or self.address.strip())


NOBODY = Sender()
"""Someone who says nothing of themself."""


def is_open(notice: Notice) -> bool:
    """Whether the public may still object to a notice."""
    return notice.ends_on is not None and notice.published_on <= clock.today() <= notice.ends_on


def object_to(notice: int, text: str, sender: Sender = NOBODY) -> Objection:
    """Take in an objection from the public; nobody need sign in.

    The log tells that one came and nothing of who sent it. It lies in the notice's own stream, so that visitors don't
    make the pages of officers stale.

    Parameters
    ----------
    notice
        Id of a published notice.
    text
        What they say.
    sender
        Who they are, if they wish; kept apart, and refused without their consent.

    Raises
    ------
    ProcedureFault
        If the time is over, nothing is said, or personal data come without consent.
    """
    with transaction.atomic():
        row = Notice.objects.select_for_update(of=("self",)).get(pk=notice)
        if not is_open(row):
            raise ProcedureFault(_("公示期已过，不再接收意见"), field="text", cure=_("可按公示所列方式联系"))
        return _take_in(row, PROGRAM, Objection.Channel.WEB, text, sender)


def enter_objection(notice: int, acting: Acting, channel: str, text: str, sender: Sender = NOBODY) -> Objection:
    """Enter an objection that came by letter, visit, telephone or in a hearing; also after the time, before the end.

    Raises
    ------
    NotAllowed
        If the person may not answer objections in this step.
    ProcedureFault
        If the channel is none, nothing is said, or personal data come without consent.
    """
    with transaction.atomic():
        found = Notice.objects.get(pk=notice)
        enter(found.case_id, found.step, "answer_objection", acting)
        row = Notice.objects.select_for_update(of=("self",)).get(pk=notice)
        if channel not in Objection.Channel.values:
            raise ProcedureFault(_("请选择来源"), field="channel", cure=_("来信、来访、来电或听证会"))
        return _take_in(row, acting, channel, text, sender)


def answer_objections(
    notice: int, acting: Acting, objections: Collection[int], *, verdict: str, answer: str, expected: int | None = None
) -> int:
    """Answer one or many objections with the same words; an answer may be bettered until the step ends.

    Parameters
    ----------
    objections
        Ids; those of other notices are passed over.
    verdict
        One of `Objection.Verdict`.
    answer
        Reason, which their authors read.

    Returns
    -------
    int
        How many were answered.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If none is named, or verdict or reason is missing.
    """
    with transaction.atomic():
        row = Notice.objects.get(pk=notice)
        standing, _planned = enter(row.case_id, row.step, "answer_objection", acting, expected=expected)
        if verdict not in Objection.Verdict.values:
            raise ProcedureFault(_("请选择处理结果"), field="verdict", cure=_("采纳、部分采纳或不采纳"))
        if not answer.strip():
            raise ProcedureFault(_("请写明理由"), field="answer", cure=_("答复内容公众可以查到"))
        chosen = row.objections.select_for_update().filter(pk__in=set(objections))
        keys = list(chosen.values_list("pk", flat=True))
        if not keys:
            raise ProcedureFault(_("请选择要答复的意见"), field="objections", cure=_("可多选"))
        chosen.update(verdict=verdict, answer=answer[:LONGEST], answered_on=clock.today())
        record(
            standing, "answer_objection", acting, words=answer, step=row.step, notice=row.pk, objections=keys,
            verdict=verdict,
        )  # fmt: skip
    return len(keys)


def erase_contact(objection: int, acting: Acting) -> None:
    """Erase who sent an objection, on their demand or when it is no longer needed; what was said and answered stays.

    Raises
    ------
    NotAllowed
        If the person may not answer objections in this step.
    """
    with transaction.atomic():
        row = Objection.objects.select_related("notice").get(pk=objection)
        standing, _planned = enter(row.notice.case_id, row.notice.step, "answer_objection", acting)
        ObjectionContact.objects.filter(objection=row).delete()
        record(standing, "contact_erased", acting, step=row.notice.step, objection=row.pk)


def _take_in(notice: Notice, acting: Acting, channel: str, text: str, sender: Sender) -> Objection:
    if not text.strip():
        raise ProcedureFault(_("请填写意见"), field="text", cure=_("请写明对公示内容的意见"))
    if sender.is_named and not sender.consent:
        raise ProcedureFault(
            _("填写姓名或联系方式须同意个人信息告知"), field="consent", cure=_("不同意的，可不填姓名和联系方式")
        )
    objection = Objection.objects.create(
        notice=notice, receipt=new_receipt(), channel=channel, text=text[:LONGEST], received_on=clock.today()
    )
    if sender.is_named:
        ObjectionContact.objects.create(
            objection=objection, name=sender.name[:60], address=sender.address[:200], consented_at=clock.now()
        )
    data = {"case": notice.case_id, "objection": objection.pk, "channel": channel}
    append(f"notice:{notice.pk}", "notice.objection_received", acting, data)
    return objection
