"""Delegations: someone stands in for another for some days, by a paper; what they do is recorded in both names."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.posts import Term
from huancheng.platform.bodies.models import Delegation, Person, Post
from huancheng.platform.bodies.rules import can_stand_in, may_manage_body
from huancheng.platform.common import clock


def delegate(post: Post, to: Person, term: Term, paper: str, acting: Acting) -> Delegation:
    """Lend one's own post to a colleague.

    Parameters
    ----------
    post
        The post; it must be the one from which the giver acts, in their own name.
    to
        Who stands in.
    term
        First and last day; both must be named.
    paper
        Name or number of the paper that says so.
    acting
        Who lends.

    Raises
    ------
    NotManaged
        If it is not their own post: a post that was lent can't be lent on.
    Refused
        If the days, the person or the paper don't do, or the two would stand in for each other.
    """
    if acting.post != post.pk or acting.person != post.person_id or acting.on_behalf_of is not None:
        raise NotManaged(_("只能委托本人的岗位；受托的岗位不能再委托"), field="post", cure=_("切换到本人的岗位"))
    first, last = _checked(post, to, term, paper)
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        standing = Delegation.objects.filter(term.meets(), revoked_at__isnull=True)
        if standing.filter(post=post).exists():
            raise Refused(_("这个岗位在此期间已委托他人"), field="valid_from", cure=_("先撤销原委托，或调整日期"))
        if standing.filter(post__person=to, to=post.person_id).exists():
            raise Refused(_("对方在此期间已委托您代行其岗位，不能互相委托"), field="to", cure=_("委托另一位同事"))
        made = Delegation.objects.create(post=post, to=to, valid_from=first, valid_until=last, paper=paper)
        append(
            f"person:{post.person_id}", "person.delegated", acting,
            {"delegation": made.pk, "post": post.pk, "to": to.pk, **term.as_data()}, words=paper,
        )  # fmt: skip
    return made


def _checked(post: Post, to: Person, term: Term, paper: str) -> tuple[date, date]:
    """Return the first and last day, once nothing speaks against them, the person and the paper."""
    first, last = term.first, term.last
    if not paper.strip():
        raise Refused(_("未填委托依据"), field="paper", cure=_("填写委托书的名称或文号"))
    if first is None or last is None or last < first or last < clock.today():
        raise Refused(_("委托期限不对"), field="valid_until", cure=_("终止日期不早于起始日期，也不早于今天"))
    if (post.valid_from and first < post.valid_from) or (post.valid_until and last > post.valid_until):
        raise Refused(_("委托期限超出本人任职期限"), field="valid_until", cure=_("调整日期"))
    if not can_stand_in(post, to):
        raise Refused(_("不能委托这个人"), field="to", cure=_("委托本单位、上级或下级单位的在岗同事"))
    return first, last


def revoke(delegation: Delegation, acting: Acting) -> None:
    """End a delegation at once: by who gave it, or by who manages the body.

    Raises
    ------
    NotManaged
        If they are neither.
    Refused
        If it is over already.
    """
    giver = delegation.post.person_id == acting.person and acting.on_behalf_of is None
    if not giver and not may_manage_body(acting, delegation.post.body_id):
        raise NotManaged(_("只有委托人或其单位的管理员可以撤销委托"), cure=_("请委托人办理"))
    with transaction.atomic():
        kept = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if kept.revoked_at or kept.valid_until < clock.today():
            raise Refused(_("这项委托已经终止"), cure=_("刷新页面查看现状"))
        kept.revoked_at = clock.now()
        kept.save(update_fields=["revoked_at"])
        append(
            f"person:{delegation.post.person_id}", "person.delegation_revoked", acting,
            {"delegation": kept.pk, "post": kept.post_id, "to": kept.to_id},
        )  # fmt: skip
