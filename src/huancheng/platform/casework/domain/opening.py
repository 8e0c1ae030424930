"""Opening a case."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.encoding import encode
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.law import current_book, interpreter_for, keep_current_pack
from huancheng.platform.casework.domain.moving import record
from huancheng.platform.casework.domain.projecting import project
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Case, NumberSeries, Subject
from huancheng.platform.casework.queries.named_bodies import nameable, references_to_name
from huancheng.platform.casework.signals import case_moved
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event


def open_case(
    instrument: str,
    subject: Subject,
    acting: Acting,
    *,
    title: str = "",
    facts: dict[str, Any] | None = None,
    day: date | None = None,
    bodies: dict[str, int] | None = None,
) -> CaseStanding:
    """Open a case for an instrument over a subject.

    Parameters
    ----------
    instrument
        Id, official name or alias.
    subject
        What it is about; its jurisdiction selects the route. One that is new is kept with the case.
    acting
        Who opens it, from a body that acts in the first step, records for it, or is the office.
    title
        Title; by default the subject's and the instrument's.
    facts
        Facts that select the route.
    day
        Day of opening; today by default.
    bodies
        Ids of the bodies named for the subject, by what the route calls them: an implementing entity. One that was
        named before stays.

    Raises
    ------
    NotAllowed
        If the person may not open such a case.
    InputFault
        If the route can't be told, or a body named can't be.
    """
    day = day or clock.today()
    with transaction.atomic():
        keep_current_pack()
        if not subject.pk:
            subject.save()
        standing, event = draft(instrument, subject, acting, facts=facts, day=day)
        if not may_open(acting, standing):
            raise NotAllowed(
                gettext("您不能发起此辖区的“%s”") % standing.plan.instrument.title,
                cure=gettext("请由路线前段单位的编制人，或专班办工作人员发起"),
            )
        named = _name(standing, bodies or {})
        case = standing.case
        case.number, case.title = next_number(case.instrument, day), title or case.title
        case.save(force_insert=True)
        said: dict[str, Any] = {"instrument": case.instrument, "subject": subject.pk}
        said |= {"bodies": named} if named else {}
        record(standing, "opened", acting, day=day, event=encode(event), **said)
        project(standing)
        transaction.on_commit(lambda: case_moved.send_robust(Case, case=case.pk, act="open", step=""))
    return standing


def _name(standing: CaseStanding, bodies: dict[str, int]) -> dict[str, int]:
    """Name bodies for the subject of a case that is being opened; returns those that were not named before."""
    asked = references_to_name(standing)
    named = {reference: body for reference, body in bodies.items() if reference in asked}
    if not named:
        return {}
    if len(set(named.values())) != nameable(standing).filter(pk__in=named.values()).count():
        raise InputFault(gettext("所选的实施主体不能用于此案卷"), field="bodies", cure=gettext("请从列出的单位中选择"))
    subject = standing.case.subject
    subject.bindings = {**subject.bindings, **named}
    subject.save(update_fields=["bindings"])
    return named


def draft(
    instrument: str, subject: Subject, acting: Acting, *, facts: dict[str, Any] | None = None, day: date
) -> tuple[CaseStanding, Event]:
    """Return a case as it would stand if it were opened, with the event that opens it; nothing is saved.

    Raises
    ------
    RouteOpen
        If facts are missing.
    InputFault
        If the route can't be told, or the day lies in the future.
    """
    if day > clock.today():
        raise InputFault(gettext("日期不能晚于今天"), field="day", cure=gettext("请改正日期"))
    book = current_book()
    what = book.instrument(instrument)
    interpreter = interpreter_for(book.pack.digest)
    event = interpreter.open(what.id, subject.jurisdiction, day, facts)
    state = interpreter.fold([event])
    case = Case(
        title=f"{subject.title}{what.title}", instrument=what.id, route=state.route, jurisdiction=state.jurisdiction,
        subject=subject, pack=book.pack.digest, status=state.status.value, opened_on=day,
        opened_by_id=cast("int", acting.body), initiator=acting.person,
    )  # fmt: skip
    return CaseStanding(case, interpreter, state), event


def may_open(acting: Acting, standing: CaseStanding) -> bool:
    """Whether a person may open a case: the role allows it, and the body acts early in the route or is the office.

    Early are the steps up to the first gate: their bodies, and those whose clerks record for them.
    """
    if acting.body is None or acting.role not in standing.posts.act("open").roles:
        return False
    if acting.reference == standing.posts.office:
        return True
    for planned in standing.plan.steps:
        bodies = (standing.body_of(planned), standing.through_of(planned))
        if acting.body in {item.pk for item in bodies if item is not None}:
            return True
        if planned.step.gate:
            break
    return False


def next_number(instrument: str, day: date) -> str:
    """Return the next number of an instrument's cases in a year, as 2026-UP-0007; must run in the transaction."""
    prefix = f"{day.year}-{''.join(part[0] for part in instrument.split('_')).upper()}-"
    NumberSeries.objects.get_or_create(prefix=prefix)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}{series.last:04d}"
