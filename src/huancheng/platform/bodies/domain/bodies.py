"""Bodies: added, renamed, moved, merged or retired; seats in groups with dates."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.posts import Term
from huancheng.platform.bodies.models import Body, FormerName, Membership, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.bodies.queries.tree import below
from huancheng.platform.bodies.rules import keeps_whole_tree, may_manage_body
from huancheng.platform.common import clock

LEVEL_OF_ENTITIES = "project"


def add_body(name: str, parent: Body, kind: str, acting: Acting) -> Body:
    """Add a body below another: an implementing entity, or one that the pack does not name.

    Raises
    ------
    NotManaged
        If the body above is not theirs to manage.
    Refused
        If the name is taken, now or by a former name.
    """
    _demand(acting, parent)
    check_name(name)
    with transaction.atomic():
        level = LEVEL_OF_ENTITIES if kind == Body.Kind.ENTITY else parent.level
        made = Body.objects.create(name=name, kind=kind, level=level, parent=parent, jurisdiction=parent.jurisdiction)
        append(f"body:{made.pk}", "body.added", acting, {"name": name, "kind": kind, "parent": parent.pk})
    return made


def check_name(name: str) -> None:
    """Refuse a name that a body has or had.

    Raises
    ------
    Refused
        If it is taken.
    """
    if Body.objects.filter(name=name).exists() or FormerName.objects.filter(name=name).exists():
        raise Refused(_("已有单位叫“{name}”，或曾用此名").format(name=name), field="name", cure=_("核对单位全称"))


def rename_body(body: Body, name: str, until: date, acting: Acting) -> None:
    """Give a body another name; cases begun under the former one still find it.

    Parameters
    ----------
    body, name
        Which, and its name from now on.
    until
        Last day of the former name.
    acting
        Who enters it.
    """
    _demand(acting, body)
    check_name(name)
    with transaction.atomic():
        kept = Body.objects.select_for_update().get(pk=body.pk)
        before = kept.name
        FormerName.objects.create(body=kept, name=before, until=until)
        kept.name = name
        kept.save(update_fields=["name"])
        append(
            f"body:{kept.pk}", "body.renamed", acting,
            {"before": before, "after": name, "until": until.isoformat()},
        )  # fmt: skip


def move_body(body: Body, parent: Body, acting: Acting) -> None:
    """Hang a body below another.

    Raises
    ------
    Refused
        If the other one hangs below it.
    """
    _demand(acting, body)
    _demand(acting, parent)
    with transaction.atomic():
        kept = Body.objects.select_for_update().get(pk=body.pk)
        if parent.pk in below(kept.pk):
            raise Refused(_("不能归到自己或自己的下级之下"), field="parent", cure=_("选择另一个上级单位"))
        before = kept.parent_id
        kept.parent = parent
        kept.save(update_fields=["parent"])
        append(f"body:{kept.pk}", "body.moved", acting, {"before": before, "after": parent.pk})


def retire_body(body: Body, day: date, successor: Body | None, acting: Acting) -> None:
    """Retire a body: dissolved, or merged into another that takes over what waits for it.

    Its posts end and its seats are given up; its cases and its log stay.

    Raises
    ------
    Refused
        If bodies still hang below it, it takes over from itself, the day is to come, or it is retired.
    """
    _demand(acting, body)
    if day > clock.today():
        raise Refused(_("撤销日期还没有到"), field="day", cure=_("到期后再登记"))
    with transaction.atomic():
        kept = Body.objects.select_for_update().get(pk=body.pk)
        if not kept.active:
            raise Refused(_("该单位已撤销"), cure=_("刷新页面查看现状"))
        if kept.children.filter(active=True).exists():
            raise Refused(_("仍有下级单位在用"), cure=_("先移走或撤销下级单位"))
        if successor is not None and (successor.pk == kept.pk or not successor.active):
            raise Refused(_("承接单位须是另一个在用的单位"), field="successor", cure=_("另选承接单位"))
        kept.active, kept.retired_on, kept.successor = False, day, successor
        kept.save(update_fields=["active", "retired_on", "successor"])
        Post.objects.filter(body=kept).exclude(valid_until__lt=day).update(valid_until=day)
        Membership.objects.filter(member=kept).exclude(valid_until__lt=day).update(valid_until=day)
        append(
            f"body:{kept.pk}", "body.retired", acting,
            {"day": day.isoformat(), "successor": successor.pk if successor else None},
        )  # fmt: skip


def add_member(group: Body, member: Body, term: Term, acting: Acting) -> Membership:
    """Give a body a seat in a group or committee, with dates.

    Raises
    ------
    NotManaged
        If the group is not theirs: groups of the city belong to the office that keeps the chain.
    Refused
        If it sits there in that time, or the group would sit in itself.
    """
    _demand_group(acting, group)
    term.check()
    if group.pk == member.pk or not member.active:
        raise Refused(_("不能加入这个单位"), field="member", cure=_("选择另一个在用的单位"))
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=group.pk)
        if Membership.objects.filter(term.meets(), group=group, member=member).exists():
            raise Refused(_("该单位在此期间已是成员"), field="member", cure=_("先终止原席位，或调整日期"))
        made = Membership.objects.create(group=group, member=member, valid_from=term.first, valid_until=term.last)
        append(
            f"body:{group.pk}", "body.member_added", acting,
            {"membership": made.pk, "member": member.pk, **term.as_data()},
        )  # fmt: skip
    return made


def end_membership(membership: Membership, last: date, acting: Acting) -> None:
    """End a seat with a day."""
    _demand_group(acting, membership.group)
    with transaction.atomic():
        kept = Membership.objects.select_for_update().get(pk=membership.pk)
        if not Membership.objects.filter(valid_on(clock.today()), pk=kept.pk).exists():
            raise Refused(_("这个席位已经终止"), cure=_("刷新页面查看现状"))
        kept.valid_until = last
        kept.save(update_fields=["valid_until"])
        append(
            f"body:{kept.group_id}", "body.member_ended", acting,
            {"membership": kept.pk, "member": kept.member_id, "until": last.isoformat()},
        )  # fmt: skip


def _demand(acting: Acting, body: Body) -> None:
    if not may_manage_body(acting, body.pk):
        raise NotManaged(
            _("“{body}”不在您的管理范围内，或尚未开启管理会话").format(body=body.name), cure=_("由上级管理员办理")
        )


def _demand_group(acting: Acting, group: Body) -> None:
    """Refuse changes of a group to those who don't keep it: one that hangs nowhere in the tree is the office's."""
    _demand(acting, group)
    if group.parent_id is None and not keeps_whole_tree(acting):
        raise NotManaged(_("全市的单位集合由专班办公室管理"), cure=_("由专班办公室管理员办理"))
