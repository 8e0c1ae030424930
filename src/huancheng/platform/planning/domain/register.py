"""Keeping the register of plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.common import clock
from huancheng.platform.planning.domain.coverage import ReadGround
from huancheng.platform.planning.models import PlanRecord
from huancheng.platform.planning.rules import may_keep_register


@dataclass(frozen=True, slots=True)
class PlanData:
    """What the register says of a plan; the fields of `PlanRecord` of the same names."""

    kind: str
    title: str
    jurisdiction: str = ""
    state: str = PlanRecord.State.COMPILING
    number: str = ""
    approved_on: date | None = None
    valid_until: date | None = None
    evaluated_on: date | None = None
    evaluate_by: date | None = None
    trigger: str = ""

    @classmethod
    def of(cls, record: PlanRecord) -> PlanData:
        """Return what a row says."""
        return cls(**{name: getattr(record, name) for name in cls.__slots__})

    def told(self) -> dict[str, Any]:
        """Return it as the log keeps it."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


APPROVED = frozenset({PlanRecord.State.APPROVED, PlanRecord.State.REVISING})
"""States of a plan that was approved and is in force."""


def enter_approved(data: PlanData, acting: Acting, ground: Mapping[str, Any] = MappingProxyType({})) -> PlanRecord:
    """Enter a plan of ours that was approved, or change what the register says of it; nobody need keep the register.

    Parameters
    ----------
    data
        Kind, jurisdiction and title name it; number and day are those of the approval.
    acting
        Who; the program, where it follows a case.
    ground
        Fields of its place, if it brings any.
    """
    number, day = data.number[:80], data.approved_on
    record, made = PlanRecord.objects.update_or_create(
        kind=data.kind, jurisdiction=data.jurisdiction, title=data.title,
        defaults={"state": PlanRecord.State.APPROVED, "number": number, "approved_on": day, **ground},
    )  # fmt: skip
    said = {"title": data.title, "number": data.number, "approved_on": day.isoformat() if day else ""}
    append(record.stream, "plan_record.added" if made else "plan_record.changed", acting, said)
    return record


def add_record(data: PlanData, acting: Acting, ground: ReadGround | None = None) -> PlanRecord:
    """Enter a plan.

    Parameters
    ----------
    data
        What is known of it.
    acting
        Who keeps the register.
    ground
        Where it lies, if a layer came with it.

    Raises
    ------
    NotAllowed
        If the person does not keep the register of that jurisdiction.
    InputFault
        If what is said of it does not hang together.
    """
    _demand(acting, data.jurisdiction)
    check(data)
    with transaction.atomic():
        record = PlanRecord(**asdict(data))
        _lay(record, ground)
        record.save(force_insert=True)
        append(record.stream, "plan_record.added", acting, {**data.told(), **_coverage(ground)})
    return record


def change_record(
    number: int, data: PlanData, acting: Acting, *, expected: int, ground: ReadGround | None = None
) -> PlanRecord:
    """Change what the register says of a plan; what it said before stays in the log.

    Parameters
    ----------
    number
        Id of the row.
    data
        What is known now.
    acting
        Who keeps the register, of the jurisdiction it had and the one it gets.
    expected
        Edition the person saw.
    ground
        A new coverage; the one there stays where none is given.

    Raises
    ------
    NotAllowed
        If the person does not keep the register there.
    Overtaken
        If somebody changed it since.
    InputFault
        If what is said of it does not hang together.
    """
    check(data)
    with transaction.atomic():
        record = PlanRecord.objects.select_for_update().get(pk=number)
        _demand(acting, record.jurisdiction)
        _demand(acting, data.jurisdiction)
        if record.edition != expected:
            raise Overtaken(_("同事刚刚改过“%s”") % record.title, cure=_("请对照最新内容再改"))
        before = PlanData.of(record)
        if before == data and ground is None:
            return record
        for name, value in asdict(data).items():
            setattr(record, name, value)
        _lay(record, ground)
        record.edition += 1
        record.save()
        told = {"before": before.told(), "after": data.told(), **_coverage(ground)}
        append(record.stream, "plan_record.changed", acting, told)
    return record


def check(data: PlanData) -> None:
    """See that what is said of a plan hangs together.

    Raises
    ------
    InputFault
        Names the field and the cure.
    """
    book, today = current_book(), clock.today()
    if data.jurisdiction and data.jurisdiction not in book.jurisdictions:
        raise InputFault(_("没有这个辖区"), field="jurisdiction", cure=_("请从辖区名单中选择，全市的留空"))
    if data.state in APPROVED and not (data.number and data.approved_on):
        field = "approved_on" if data.number else "number"
        raise InputFault(_("已批准的规划须有批准文号和批准日期"), field=field, cure=_("请补填，或把状态改为编制中"))
    for field, day in (("approved_on", data.approved_on), ("evaluated_on", data.evaluated_on)):
        if day is not None and day > today:
            raise InputFault(_("日期不能晚于今天"), field=field, cure=_("请改正日期"))
    for field, first, later in (
        ("valid_until", data.approved_on, data.valid_until),
        ("evaluated_on", data.approved_on, data.evaluated_on),
        ("evaluate_by", data.evaluated_on or data.approved_on, data.evaluate_by),
    ):
        if first is not None and later is not None and later < first:
            raise InputFault(_("日期先后颠倒"), field=field, cure=_("批准在前，评估在后，下次评估晚于上次"))


def _demand(acting: Acting, jurisdiction: str) -> None:
    if not may_keep_register(acting, jurisdiction):
        raise NotAllowed(
            _("您不维护这个辖区的规划台账"), field="jurisdiction", cure=_("请由该辖区的自然资源和规划部门登记")
        )


def _lay(record: PlanRecord, ground: ReadGround | None) -> None:
    if ground is not None:
        ground.lay_on(record)
        record.coverage = ground.name


def _coverage(ground: ReadGround | None) -> dict[str, str]:
    return {"coverage": ground.name} if ground is not None else {}
