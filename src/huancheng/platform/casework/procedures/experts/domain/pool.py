"""Keeping the pool: who is in it, and what they must not judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.procedures.experts.models import Conflict, Expert
from huancheng.platform.casework.procedures.experts.rules import demand_pool
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.common import clock


def keep_expert(
    person: int, acting: Acting, *, fields: Iterable[str], employer: int | None, rank: str = "", active: bool = True
) -> Expert:
    """Take a person into the pool, or renew what is said of them.

    Raises
    ------
    NotAllowed
        If the person acting does not keep the pool.
    """
    demand_pool(acting)
    wanted = sorted({name.strip() for name in fields if name.strip()})
    with transaction.atomic():
        before = Expert.objects.select_for_update().filter(person=person).first()
        fresh = {"fields": wanted, "employer_id": employer, "rank": rank, "active": active}
        expert, _ = Expert.objects.update_or_create(
            person_id=person, defaults=fresh, create_defaults={**fresh, "added_on": clock.today()}
        )
        data = {
            "before": _said(before) if before else {},
            "after": {"fields": wanted, "employer": employer, "active": active},
        }
        append(f"expert:{expert.pk}", "expert.kept", acting, data)
    return expert


def add_conflict(
    expert: int,
    acting: Acting,
    *,
    reason: str,
    body: int | None = None,
    subject: int | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Conflict:
    """Enter what an expert must not judge.

    Raises
    ------
    NotAllowed
        If the person acting does not keep the pool.
    ProcedureFault
        If neither or both of body and subject are named, or no reason is given.
    """
    demand_pool(acting)
    if (body is None) == (subject is None):
        raise ProcedureFault(_("请选择一个单位或一个项目"), field="body", cure=_("单位与项目二选一"))
    if not reason.strip():
        raise ProcedureFault(_("请写明回避事由"), field="reason", cure=_("如：任职、参股、编制单位"))
    with transaction.atomic():
        conflict = Conflict.objects.create(
            expert_id=expert, body_id=body, subject_id=subject, reason=reason, valid_from=valid_from,
            valid_until=valid_until,
        )  # fmt: skip
        data = {"conflict": conflict.pk, "body": body, "subject": subject}
        append(f"expert:{expert}", "expert.conflict_added", acting, data, words=reason)
    return conflict


def end_conflict(conflict: int, acting: Acting) -> Conflict:
    """Let a conflict hold no longer than yesterday; what it excluded before stays on record.

    Raises
    ------
    NotAllowed
        If the person acting does not keep the pool.
    """
    demand_pool(acting)
    with transaction.atomic():
        row = Conflict.objects.select_for_update().get(pk=conflict)
        row.valid_until = date.fromordinal(clock.today().toordinal() - 1)
        row.save(update_fields=["valid_until"])
        append(f"expert:{row.expert_id}", "expert.conflict_ended", acting, {"conflict": row.pk})
    return row


def _said(expert: Expert) -> dict[str, object]:
    return {"fields": expert.fields, "employer": expert.employer_id, "active": expert.active}
