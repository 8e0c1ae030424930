"""What was changed about a person or body, as a time line."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.bodies.queries.roles import role_title
from huancheng.platform.common.look.records import Happening

WORDS = {
    "person.entered": gettext_lazy("录入"),
    "person.changed": gettext_lazy("更改信息"),
    "person.deactivated": gettext_lazy("停用"),
    "person.reactivated": gettext_lazy("启用"),
    "person.password_reset": gettext_lazy("重置密码"),
    "person.password_changed": gettext_lazy("本人更改密码"),
    "person.second_factor_enrolled": gettext_lazy("绑定动态验证码"),
    "person.second_factor_reset": gettext_lazy("解除动态验证码"),
    "person.recovery_codes_renewed": gettext_lazy("换发恢复码"),
    "person.post_given": gettext_lazy("任岗"),
    "person.post_ended": gettext_lazy("离岗"),
    "person.delegated": gettext_lazy("委托"),
    "person.delegation_revoked": gettext_lazy("撤销委托"),
    "person.erased": gettext_lazy("抹除个人数据"),
    "person.words_erased": gettext_lazy("抹除本人写的文字"),
    "body.added": gettext_lazy("新增"),
    "body.renamed": gettext_lazy("更名"),
    "body.moved": gettext_lazy("调整上级单位"),
    "body.retired": gettext_lazy("撤销"),
    "body.member_added": gettext_lazy("增加成员"),
    "body.member_ended": gettext_lazy("终止席位"),
}
NEWEST = 50


def happenings_of(events: QuerySet[Event]) -> list[Happening]:
    """Return the newest entries in words, in three queries."""
    found = list(events.order_by("-id")[:NEWEST])
    actors = Person.objects.in_bulk({event.actor for event in found if event.actor})
    named = {event.data[key] for event in found for key in ("body", "member", "successor") if event.data.get(key)}
    bodies = Body.objects.in_bulk(named | {event.body for event in found if event.body})
    return [_happening(event, actors, bodies) for event in found]


def _happening(event: Event, actors: dict[int, Person], bodies: dict[int, Body]) -> Happening:
    actor, at = actors.get(event.actor or 0), bodies.get(event.body or 0)
    who = " · ".join(str(item) for item in (actor, at) if item) or _("系统")
    about = [str(bodies[event.data[key]]) for key in ("body", "member", "successor") if event.data.get(key) in bodies]
    notes = [*about, *([role_title(event.data["role"])] if "role" in event.data else [])]
    if event.code == "body.renamed":
        notes.append(f"{event.data['before']} → {event.data['after']}")
    return Happening(event.at, str(WORDS.get(event.code, event.code)), who, notes=tuple(notes))
