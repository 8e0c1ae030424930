"""Who may open the pages of bodies and people."""

from __future__ import annotations

from datetime import timedelta

from huancheng.platform.bodies.models import (
    Body,
    Delegation,
    Elevation,
    Membership,
    Person,
    Post,
    Presence,
    StagedPeople,
)
from huancheng.platform.common import clock
from tests.platform.doors import EVERYONE, Door

ADMINISTRATORS = frozenset({"administrator", "elevated administrator"})
"""One without a timed session is sent to open it."""
OWNER = frozenset({"county approver"})

DOORS = [
    Door("bodies:sign-in", EVERYONE, visitors="open"),
    Door("bodies:second-factor", EVERYONE),
    Door("bodies:sign-out", EVERYONE, method="post", visitors="open"),
    Door("bodies:act-as", frozenset(), method="post"),
    Door("bodies:account", EVERYONE),
    Door("bodies:password", EVERYONE),
    Door("bodies:enrol", EVERYONE),
    Door("bodies:recovery-codes", EVERYONE, method="post"),
    Door("bodies:end-all", EVERYONE, method="post"),
    Door("bodies:end-presence", OWNER, args=("presence",), method="post"),
    Door("bodies:delegations", EVERYONE),
    Door("bodies:revoke", OWNER | {"elevated administrator"}, args=("delegation",), method="post"),
    Door("bodies:elevate", ADMINISTRATORS),
    Door("bodies:elevations", ADMINISTRATORS | {"auditor"}),
    Door("bodies:close-elevation", ADMINISTRATORS, args=("elevation",)),
    Door("bodies:tree", EVERYONE),
    Door("bodies:body", EVERYONE, args=("body",)),
    Door("bodies:new-body", ADMINISTRATORS),
    *(Door(f"bodies:{name}", ADMINISTRATORS, args=("body",)) for name in ("rename", "move", "retire", "new-member")),
    Door("bodies:end-member", ADMINISTRATORS, args=("membership",), method="post"),
    *(
        Door(f"bodies:{name}", ADMINISTRATORS)
        for name in ("people", "new-person", "export", "import", "import-template")
    ),
    Door("bodies:staged", ADMINISTRATORS, args=("staged",)),
    Door("bodies:take", ADMINISTRATORS, args=("staged",), method="post"),
    *(
        Door(f"bodies:{name}", ADMINISTRATORS, args=("person",))
        for name in ("person", "edit-person", "new-post", "erase-person")
    ),
    *(
        Door(f"bodies:{name}", ADMINISTRATORS, args=("person",), method="post")
        for name in ("stop", "restart", "new-password", "lose-second-factor")
    ),
    Door("bodies:close-post", ADMINISTRATORS, args=("post",), method="post"),
]


def furnish(world, acting) -> None:
    """A colleague to manage, a delegation, a timed session and a workbook of people."""
    giver = acting("临河县人民政府", "approver")
    colleague = acting("临河县城市更新工作专班", "clerk", 7)
    administrator = acting("市专班办公室", "administrator")
    today, now = clock.today(), clock.now()
    world.things |= {
        "body": Body.objects.get(name="临河县人民政府"),
        "person": Person.objects.get(pk=colleague.person),
        "post": Post.objects.get(pk=colleague.post),
        "membership": Membership.objects.order_by("id").first(),
        "delegation": Delegation.objects.create(
            post_id=giver.post, to_id=colleague.person, valid_from=today, valid_until=today, paper="委托书"
        ),
        "presence": Presence.objects.create(person_id=giver.person, session_key="elsewhere", begun_at=now),
        "elevation": Elevation.objects.create(
            person_id=administrator.person, post_id=administrator.post, opened_at=now, until=now + timedelta(minutes=15)
        ),
        "staged": StagedPeople.objects.create(by_id=administrator.person, post_id=administrator.post, at=now),
    }
