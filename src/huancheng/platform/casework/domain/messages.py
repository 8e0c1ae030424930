"""Telling people what happened in a case: made from its log, so that a restart neither loses nor repeats anything."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.audit.models import Words
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Case, Message, MessageKind, MessageWish, Task, Told
from huancheng.platform.casework.queries.people import office_people, people_of, people_of_tasks, posts_today
from huancheng.platform.common import clock
from huancheng.policy.provisions.posts import Standing

Telling = Callable[[Case, LogEntry], tuple[set[int], dict[str, Any]]]
"""Says of an entry whom it sends something to do, and what the words need."""
_TELLINGS: dict[str, Telling] = {}


def add_telling(code: str, telling: Telling) -> None:
    """Let people be told of entries with a code; procedures say whom, when they are ready."""
    _TELLINGS[code] = telling


def tell(
    people: Collection[int],
    kind: MessageKind,
    case: Case,
    key: str,
    *,
    step: str = "",
    data: dict[str, Any] | None = None,
) -> int:
    """Tell people something about a case, once; returns how many had not been told before.

    Parameters
    ----------
    people
        Whom; those who muted the kind are left out.
    kind
        What it is about.
    case
        The case.
    key
        What makes it this message and no other.
    step
        Step it concerns.
    data
        Plain facts without personal data.
    """
    wishes = {wish.person_id: wish for wish in MessageWish.objects.filter(person__in=people)}
    known = set(Message.objects.filter(key=key, person__in=people).values_list("person", flat=True))
    now = clock.now()
    fresh = [
        Message(
            person_id=person, kind=kind, case=case, step=step, key=key, data=data or {}, at=now,
            mail_after=now if _by_mail(wishes.get(person), kind) else None,
        )
        for person in sorted(people)
        if person not in known and not (person in wishes and kind in wishes[person].muted)
    ]  # fmt: skip
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _by_mail(wish: MessageWish | None, kind: MessageKind) -> bool:
    wanted = wish is not None and wish.mail != MessageWish.Mail.NEVER and kind not in wish.unmailed
    return bool(settings.MAIL_MESSAGES) and wanted


def tell_of(case: int) -> int:
    """Tell people what the log of a case says since they were last told; returns the number of messages.

    Called after each act; `tell_untold` makes up for what a stopped program left out.
    """
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).filter(pk=case).first()
        if row is None:
            return 0
        told, _ = Told.objects.get_or_create(case=row)
        entries = list(LogEntry.objects.filter(stream=row.stream, sequence__gt=told.sequence).order_by("sequence"))
        if not entries:
            return 0
        number = sum(_tell_entry(row, entry) for entry in entries)
        number += _tell_arrivals(row, {entry.actor for entry in entries if entry.actor})
        told.sequence = entries[-1].sequence
        told.save(update_fields=["sequence"])
    return number


def tell_untold() -> int:
    """Tell of every case whose log went on without people being told; returns the number of messages."""
    last = LogEntry.objects.filter(stream=OuterRef("stream_name")).order_by("-sequence").values("sequence")[:1]
    cases = (
        Case.objects.alias(stream_name=_stream_name(), last=Subquery(last))
        .exclude(told__sequence__gte=F("last"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return sum(tell_of(case) for case in list(cases))


def _stream_name() -> Any:
    from django.db.models import CharField, Value
    from django.db.models.functions import Cast, Concat

    return Concat(Value("case:"), Cast("pk", CharField()), output_field=CharField())


def _tell_entry(case: Case, entry: LogEntry) -> int:
    """Tell of one entry, whoever did it left out."""
    act = entry.code.partition(".")[2]
    event = entry.data.get("event") or {}
    step = event.get("step") or entry.data.get("step") or ""
    data = _facts(case, event, step)
    match act:
        case "request_correction":
            people, kind = _side_of_opener(case, "supply_correction") | _who_corrects(case), MessageKind.CORRECTION
        case "return":
            people, kind = _side_of_opener(case, "resubmit"), MessageKind.RETURNED
        case "hand_over":
            people, kind = _new_holder(entry.data), MessageKind.HANDED
        case "chase":
            people, kind = _waited_for(case), MessageKind.CHASED
        case "comment":
            people, kind = _mentioned(case, entry), MessageKind.MENTION
        case _ if entry.code in _TELLINGS:
            people, more = _TELLINGS[entry.code](case, entry)
            kind, data = MessageKind.ARRIVED, {**data, **more}
        case _ if event.get("kind") == "decided":
            people, kind = _side_of_opener(case, "resubmit"), MessageKind.DECIDED
        case _:
            return 0
    return tell(people - {entry.actor}, kind, case, f"{kind}:{case.pk}:{entry.sequence}", step=step, data=data)


def _facts(case: Case, event: dict[str, Any], step: str) -> dict[str, Any]:
    """Return what the words of a message need: the kind of step, and for a decision yes or no."""
    route = current_book().routes
    kinds = {item.id: item.kind.value for item in route[case.route].steps} if case.route in route else {}
    facts = {"step_kind": kinds.get(step, ""), "to_kind": kinds.get(event.get("to", ""), "")}
    if event.get("passed") is not None:
        facts["passed"] = event["passed"]
    return {name: value for name, value in facts.items() if value != ""}


def _side_of_opener(case: Case, act: str) -> set[int]:
    """Return who of the body that opened a case does the next thing, and the person who opened it."""
    people = people_of(case.opened_by_id, current_book().posts.act(act).roles)
    initiator = {case.initiator} if case.initiator else set()
    return people | (initiator & people_of(case.opened_by_id, _all_roles()))


def _who_corrects(case: Case) -> set[int]:
    """Return the people of the bodies that sent or wrote what has to be corrected."""
    supply = current_book().posts.act("supply_correction")
    people: set[int] = set()
    for task in case.tasks.filter(status=Task.Status.STOPPED):
        bodies = {task.sender_id}
        if Standing.AUTHOR in supply.at:
            bodies |= {task.author_id, task.author_through_id}
        people = people.union(*(people_of(body, supply.roles) for body in bodies))
    return people


def _all_roles() -> list[str]:
    return [role.id for role in current_book().posts.roles]


def _mentioned(case: Case, entry: LogEntry) -> set[int]:
    """Return the people a remark names as `@name`, among those who hold a post in a body that sees the case."""
    text = Words.objects.filter(event=entry).values_list("text", flat=True).first() or ""
    text = text.replace("＠", "@")
    if "@" not in text:
        return set()
    posts = posts_today().filter(body__in=case.sights.values("body"))
    names: dict[str, set[int]] = {}
    for person, name in posts.order_by().values_list("person", "person__name"):
        names.setdefault(name, set()).add(person)
    found: set[int] = set()
    for name in sorted(filter(None, names), key=len, reverse=True):
        if f"@{name}" in text:
            found |= names[name]
            text = text.replace(f"@{name}", "")
    return found


def _new_holder(data: dict[str, Any]) -> set[int]:
    after = data.get("holder", [None, None])[-1]
    return {after} if after else set()


def _waited_for(case: Case) -> set[int]:
    return set().union(*people_of_tasks(case.tasks.all()).values())


def _tell_arrivals(case: Case, actors: set[int]) -> int:
    """Tell of every step that waits now, once for each time it began to wait; not those whose own act brought it."""
    waiting = list(case.tasks.filter(status=Task.Status.READY))
    people = people_of_tasks(waiting)
    return sum(
        tell(
            people[task.pk] - actors,
            MessageKind.ARRIVED,
            case,
            f"arrived:{case.pk}:{task.step}:{case.round}:{task.ready_on}",
            step=task.step,
            data={"step_kind": task.kind, "due": task.due_on.isoformat() if task.due_on else ""},
        )
        for task in waiting
    )


def tell_late(task: Task, level: int, above: int | None) -> int:
    """Put a late task before the office, the body above and those who should have done it.

    Parameters
    ----------
    task
        The task.
    level
        Working days after the deadline.
    above
        Body above the one that is late.
    """
    chasing = current_book().posts.act("chase").roles
    people = office_people() | people_of(above, _deciding_roles(chasing)) | people_of_tasks([task])[task.pk]
    return tell(
        people, MessageKind.ESCALATION, task.case, f"late:{task.case_id}:{task.step}:{task.ready_on}:{level}",
        step=task.step, data={"step_kind": task.kind, "level": level, "due": _day(task.due_on)},
    )  # fmt: skip


def _deciding_roles(chasing: Collection[str]) -> set[str]:
    posts = current_book().posts
    return {*chasing, *posts.act("record").roles, *posts.act("delegate").roles}


def remind(task: Task, days_left: int) -> int:
    """Remind those who should do a task of its deadline."""
    return tell(
        people_of_tasks([task])[task.pk], MessageKind.REMINDER, task.case,
        f"due:{task.case_id}:{task.step}:{task.due_on}:{days_left}", step=task.step,
        data={"step_kind": task.kind, "due": _day(task.due_on)},
    )  # fmt: skip


def tell_notice_over(task: Task) -> int:
    """Tell those who keep a notice that it has hung long enough."""
    return tell(
        people_of_tasks([task])[task.pk], MessageKind.NOTICE_OVER, task.case,
        f"hung:{task.case_id}:{task.step}:{task.due_on}", step=task.step,
        data={"step_kind": task.kind, "due": _day(task.due_on)},
    )  # fmt: skip


def tell_deadline_moved(task: Task, before: date) -> int:
    """Tell those who should do a task that its deadline moved, because a calendar was published."""
    return tell(
        people_of_tasks([task])[task.pk], MessageKind.DEADLINE_MOVED, task.case,
        f"moved:{task.case_id}:{task.step}:{task.due_on}", step=task.step,
        data={"step_kind": task.kind, "before": _day(before), "due": _day(task.due_on)},
    )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def mark_read(person: int, messages: Collection[int] | None = None) -> int:
    """Mark messages of a person as read: those given, or all; returns how many were unread."""
    unread = Message.objects.filter(person=person, read_at__isnull=True)
    if messages is not None:
        unread = unread.filter(pk__in=messages)
    return unread.update(read_at=clock.now())


def wish(person: int, mail: str, muted: Collection[str], unmailed: Collection[str]) -> MessageWish:
    """Keep how a person wishes to be told."""
    kept, _ = MessageWish.objects.update_or_create(
        person_id=person,
        defaults={"mail": mail, "muted": sorted(set(muted)), "unmailed": sorted(set(unmailed))},
    )
    return kept
