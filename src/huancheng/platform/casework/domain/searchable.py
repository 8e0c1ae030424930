"""What can be found of cases, of the bodies and of what cases are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.search_kinds import Draft, SearchKind
from huancheng.platform.casework.models import Case, Part, Subject
from huancheng.platform.casework.queries.visible import visible_cases

CHUNK = 500


def case_drafts(keys: Collection[int] | None) -> Iterator[Draft]:
    """Yield what can be found of cases: number, title, subject, kind, texts of the parts, numbers of papers."""
    cases = Case.objects.select_related("subject").order_by("pk")
    if keys is not None:
        cases = cases.filter(pk__in=keys)
    numbers = list(cases.values_list("pk", flat=True))
    for start in range(0, len(numbers), CHUNK):
        yield from _drafts_of(list(cases.filter(pk__in=numbers[start : start + CHUNK])))


def _drafts_of(cases: list[Case]) -> Iterator[Draft]:
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for number, name, text in Part.objects.filter(case__in=cases).values_list("case", "name", "text"):
        if text:
            texts[number] += [f"{name} {line}" if at == 0 else line for at, line in enumerate(text.splitlines())]
    papers: defaultdict[str, list[str]] = defaultdict(list)
    streams = [case.stream for case in cases]
    for stream, data in Event.objects.filter(stream__in=streams).order_by("pk").values_list("stream", "data"):
        papers[stream] += papers_in(data)
    instruments = current_book().instruments
    for case in cases:
        kind = instruments[case.instrument].title if case.instrument in instruments else ""
        lines = [case.number, case.subject.title, case.subject.key, kind, *papers[case.stream], *texts[case.pk]]
        yield Draft(case.pk, case.title, lines, case.opened_on)


def papers_in(data: dict[str, Any]) -> list[str]:
    """Return the numbers and titles of papers that an entry of the log names."""
    event = data.get("event") or {}
    named = [event.get("paper"), *(data.get(name) for name in ("paper", "title", "document_number"))]
    return [text for text in named if isinstance(text, str) and text]


def case_links(keys: Collection[int]) -> dict[int, str]:
    """Return the addresses of cases."""
    return {key: reverse("casework:case", args=[key]) for key in keys}


def body_drafts(keys: Collection[int] | None) -> Iterable[Draft]:
    """Return what can be found of bodies: their names."""
    bodies = Body.objects.filter(active=True)
    if keys is not None:
        bodies = bodies.filter(pk__in=keys)
    return [Draft(body.pk, body.name) for body in bodies]


def bodies_seen(acting: Acting) -> QuerySet[Body, Any]:
    """Return the bodies a person may find: all, for whoever holds a post; the tree of bodies is no secret inside."""
    return (Body.objects.all() if acting.body is not None else Body.objects.none()).values("pk")


def body_links(keys: Collection[int]) -> dict[int, str]:
    """Return, for bodies, the address of the cases that wait for them."""
    return {key: f"{reverse('casework:cases')}?body={key}" for key in keys}


def subject_drafts(keys: Collection[int] | None) -> Iterable[Draft]:
    """Return what can be found of the things cases are about: title and number."""
    subjects = Subject.objects.all() if keys is None else Subject.objects.filter(pk__in=keys)
    return (Draft(subject.pk, subject.title, [subject.key]) for subject in subjects.iterator(CHUNK))


def subjects_seen(acting: Acting) -> QuerySet[Case, Any]:
    """Return the subjects a person may find: those of cases they may see."""
    return visible_cases(acting).order_by().values("subject")


def subject_links(keys: Collection[int]) -> dict[int, str]:
    """Return, for subjects, the address of their cases."""
    return {key: f"{reverse('casework:cases')}?subject={key}" for key in keys}


def cases_seen(acting: Acting) -> QuerySet[Case, Any]:
    """Return the numbers of the cases a person may find: those they may see."""
    return visible_cases(acting).order_by().values("pk")


OWN_KINDS = (
    SearchKind("case", _("案卷"), case_drafts, cases_seen, case_links),
    SearchKind("subject", _("对象"), subject_drafts, subjects_seen, subject_links),
    SearchKind("body", _("机构"), body_drafts, bodies_seen, body_links),
)
"""The kinds of this app."""
