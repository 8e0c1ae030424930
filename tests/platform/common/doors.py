"""The doors of pages that belong to no other app."""

from __future__ import annotations

from huancheng.platform.common import clock
from huancheng.platform.common.models import Job
from tests.platform.doors import EVERYONE, POSTURES, Door, World

DOORS = [
    Door("common:home", EVERYONE),
    Door("common:language", EVERYONE, visitors="open", method="post"),
    Door("common:robots", EVERYONE, visitors="open"),
    Door("common:security", EVERYONE, visitors="open"),
    Door("common:look", EVERYONE, visitors="open"),
    Door("common:job", frozenset({"county clerk"}), args=("job",)),
]


def furnish(world: World, acting) -> None:
    """A job that a county's clerk asked for."""
    person = acting(*POSTURES["county clerk"]).person
    now = clock.now()
    world.things["job"] = Job.objects.create(
        name="casework.import", title="导入案件", person=person, created_at=now, changed_at=now
    )
