"""Posts: given and ended, with dates. Rights come from posts and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.models import Body, Delegation, Person, Post
from huancheng.platform.bodies.rules import may_give, may_manage_body
from huancheng.platform.common import clock


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of something; an open end is None."""

    first: date | None = None
    last: date | None = None

    def check(self) -> None:
        """Refuse a term that ends before it begins."""
        if self.first and self.last and self.last < self.first:
            raise Refused(_("终止日期早于起始日期"), field="valid_until", cure=_("更正日期"))

    def meets(self) -> Q:
        """Return the condition that a row's dates share a day with the term."""
        begun = Q() if self.last is None else Q(valid_from__isnull=True) | Q(valid_from__lte=self.last)
        ends = Q() if self.first is None else Q(valid_until__isnull=True) | Q(valid_until__gte=self.first)
        return begun & ends

    def as_data(self) -> dict[str, str | None]:
        """Return the days as text, for the log."""
        return {
            "from": self.first.isoformat() if self.first else None,
            "until": self.last.isoformat() if self.last else None,
        }


def give_post(
    person: Person, body: Body, role: str, acting: Acting, term: Term | None = None, *, title: str = ""
) -> Post:
    """Put a person into a post.

    Parameters
    ----------
    person, body, role
        Who, where, and as what; the role is an id of the pack.
    acting
        Who gives it.
    term
        First and last day; open where nothing is said.
    title
        Words for it, as 规划科科长.

    Raises
    ------
    NotManaged
        If the body is not theirs to manage, the role reaches beyond it, or it would be their own post.
    Refused
        If the dates are wrong, the body is retired, or the person has that post in that time.
    """
    term = term or Term()
    if not may_give(acting, person, body.pk, role):
        raise NotManaged(
            _("不能在“{body}”设置这个岗位").format(body=body.name), field="role",
            cure=_("可查看全部案件或管理人员的岗位由专班办公室管理员设置；本人的岗位由他人设置"),
        )  # fmt: skip
    term.check()
    if not body.active or person.erased_at:
        raise Refused(_("该单位已撤销，或该人员已抹除"), field="body", cure=_("选择在用的单位和人员"))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if Post.objects.filter(term.meets(), person=person, body=body, role=role).exists():
            raise Refused(_("该人员在此期间已任此岗位"), field="role", cure=_("先终止原岗位，或调整日期"))
        post = Post.objects.create(
            person=person, body=body, role=role, title=title, valid_from=term.first, valid_until=term.last
        )
        append(
            f"person:{person.pk}", "person.post_given", acting,
            {"post": post.pk, "body": body.pk, "role": role, **term.as_data()},
        )  # fmt: skip
    return post


def end_post(post: Post, last: date | None, acting: Acting) -> None:
    """End a post with a day; one that is past ends it as of yesterday, since what was done meanwhile stays done.

    Parameters
    ----------
    post
        The post.
    last
        Last day; yesterday, so that the post ends at once, where none is given.
    acting
        Who ends it.

    Raises
    ------
    NotManaged
        If its body is not theirs to manage, or it is their own.
    Refused
        If it ended before, or the day lies before it began.
    """
    yesterday = clock.today() - timedelta(days=1)
    last = max(last, yesterday) if last else yesterday
    if not may_manage_body(acting, post.body_id) or post.person_id == acting.person:
        raise NotManaged(_("这个岗位不在您的管理范围内"), cure=_("由该单位的管理员办理；本人的岗位由他人办理"))
    with transaction.atomic():
        kept = Post.objects.select_for_update().get(pk=post.pk)
        if kept.valid_until and kept.valid_until <= last:
            raise Refused(_("这个岗位已经终止"), cure=_("刷新页面查看现状"))
        before = kept.valid_until.isoformat() if kept.valid_until else None
        kept.valid_until = last
        kept.save(update_fields=["valid_until"])
        Delegation.objects.filter(post=kept, revoked_at__isnull=True, valid_until__gt=last).update(
            revoked_at=clock.now()
        )
        append(
            f"person:{kept.person_id}", "person.post_ended", acting,
            {"post": kept.pk, "body": kept.body_id, "role": kept.role, "before": before, "until": last.isoformat()},
        )  # fmt: skip
