"""Who may manage and see which bodies and people.

The duties are the pack's; administrators have them only while a timed session is open, and only for what hangs below
their own body.
"""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.bodies.queries.roles import post_rules, role_named
from huancheng.platform.bodies.queries.tree import below
from huancheng.platform.common import clock

MANAGE = "manage_people"
WATCH = "watch_administrators"
SEE = "see_people"


def carries(acting: Acting | None, duty: str) -> bool:
    """Whether someone carries a duty now."""
    return acting is not None and post_rules().carries(duty, acting.role, elevated=acting.elevated)


def could_carry(acting: Acting | None, duty: str) -> bool:
    """Whether someone would carry a duty if they opened their timed session."""
    return acting is not None and post_rules().carries(duty, acting.role, elevated=True)


def keeps_whole_tree(acting: Acting) -> bool:
    """Whether someone acts from the office that keeps the whole chain."""
    return acting.body is not None and Body.objects.filter(pk=acting.body, reference=post_rules().office).exists()


def managed_bodies(acting: Acting | None) -> frozenset[int]:
    """Return the ids of the bodies someone may manage now: all for the office, else their own and what hangs below."""
    if acting is None or acting.body is None or not carries(acting, MANAGE):
        return frozenset()
    if keeps_whole_tree(acting):
        return frozenset(Body.objects.order_by().values_list("id", flat=True))
    return below(acting.body)


def may_manage_body(acting: Acting | None, body: int) -> bool:
    """Whether someone may change a body and put people into it."""
    return body in managed_bodies(acting)


def may_manage_account(acting: Acting, person: Person) -> bool:
    """Whether someone may change a person's data, password and access.

    Every post the person holds, now or later, must be theirs to manage: else the password of someone who also
    approves elsewhere would be in their hands. Nobody manages themselves.
    """
    bodies = managed_bodies(acting)
    if person.pk == acting.person or not bodies:
        return False
    open_ended = Post.objects.filter(person=person).exclude(valid_until__lt=clock.today())
    held = set(open_ended.values_list("body_id", flat=True))
    known = held or set(Post.objects.filter(person=person).values_list("body_id", flat=True))
    return known <= bodies if known else keeps_whole_tree(acting)


def may_give(acting: Acting, person: Person | None, body: int, role: str) -> bool:
    """Whether someone may put a person into a post.

    Roles that see every case or administer reach beyond a body, so that only the office gives them; nobody gives
    themselves a post.
    """
    found = role_named(role)
    if found is None or (person is not None and person.pk == acting.person) or not may_manage_body(acting, body):
        return False
    return not (found.sees == "all" or found.elevates) or keeps_whole_tree(acting)


def may_see_people_of(acting: Acting | None, body: Body) -> bool:
    """Whether someone may see who holds the posts of a body: colleagues, its managers, and those whose duty it is."""
    if acting is None or acting.body is None:
        return False
    return acting.body == body.pk or carries(acting, SEE) or may_manage_body(acting, body.pk)


def can_stand_in(post: Post, person: Person) -> bool:
    """Whether a post may be lent to a person: a colleague of the body, of the one above it or of those below it."""
    near = {post.body_id, *Body.objects.filter(parent=post.body_id).values_list("id", flat=True)}
    if post.body.parent_id:
        near.add(post.body.parent_id)
    held = Post.objects.filter(valid_on(clock.today()), person=person, body__active=True)
    return person.pk != post.person_id and person.is_active and held.filter(body_id__in=near).exists()
