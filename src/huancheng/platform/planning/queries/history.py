"""What happened to a plan, from the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huancheng.platform.audit.models import Event
from huancheng.platform.audit.naming import code_titles
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.common.look.records import Happening
from huancheng.platform.planning.models import BureauOpinion, PlanRecord

NEWEST = 50
FIELDS = {
    "kind": gettext_lazy("类型"),
    "title": gettext_lazy("名称"),
    "jurisdiction": gettext_lazy("辖区"),
    "state": gettext_lazy("状态"),
    "number": gettext_lazy("批准文号"),
    "approved_on": gettext_lazy("批准日期"),
    "valid_until": gettext_lazy("规划期限"),
    "evaluated_on": gettext_lazy("上次评估日期"),
    "evaluate_by": gettext_lazy("下次评估期限"),
    "trigger": gettext_lazy("修编触发条件"),
    "direction": gettext_lazy("更新方向"),
    "strategy": gettext_lazy("发展策略"),
    "name": gettext_lazy("重点区域"),
}


def happenings_of(stream: str) -> list[Happening]:
    """Return the newest entries of a stream in words, in three queries."""
    found = list(Event.objects.filter(stream=stream).select_related("words").order_by("-id")[:NEWEST])
    people = Person.objects.in_bulk({event.actor for event in found if event.actor})
    bodies = Body.objects.in_bulk({event.body for event in found if event.body})
    titles = code_titles()
    return [_happening(event, people, bodies, titles) for event in found]


def _happening(
    event: Event, people: Mapping[int, Person], bodies: Mapping[int, Body], titles: Mapping[str, str]
) -> Happening:
    actor, body = people.get(event.actor or 0), bodies.get(event.body or 0)
    who = " · ".join(str(item) for item in (actor, body) if item) or _("系统")
    text = event.words.text if hasattr(event, "words") else ""
    return Happening(event.at, titles.get(event.code, event.code), who, text, notes=tuple(_notes(event.data)))


def _notes(data: Mapping[str, Any]) -> list[str]:
    before, after = data.get("before"), data.get("after")
    notes = []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name, title in FIELDS.items():
            if before.get(name) != after.get(name):
                change = {"what": title, "before": _word(name, before.get(name)), "after": _word(name, after.get(name))}
                notes.append(_("%(what)s：%(before)s → %(after)s") % change)
    if data.get("paper"):
        notes.append(_("文号：%s") % data["paper"])
    if data.get("conclusion"):
        notes.append(str(BureauOpinion.Conclusion(data["conclusion"]).label))
    if data.get("coverage"):
        notes.append(_("范围：%s") % data["coverage"])
    return notes


def _word(name: str, value: object) -> str:
    if not value:
        return "–"
    if name == "state" and value in PlanRecord.State.values:
        return str(PlanRecord.State(value).label)
    if name == "kind" and value in PlanRecord.Kind.values:
        return str(PlanRecord.Kind(value).label)
    words = str(value)
    return f"{words[:40]}…" if len(words) > 40 else words  # noqa: PLR2004 - a line of the time line
