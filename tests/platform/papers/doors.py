"""Who may open the pages of a case's papers, printed papers and case file."""

from __future__ import annotations

from django.core.files.base import ContentFile

from huancheng.platform.casework.archive_job import NAME, place_of
from huancheng.platform.common import clock
from huancheng.platform.common.models import Job
from huancheng.platform.files.domain.store import storage
from tests.platform.doors import SEE_CASE, Door

AUDITOR = frozenset({"auditor"})
ATTACH = SEE_CASE - AUDITOR
EXPORT = frozenset({"county clerk", "officer", "auditor"})

DOORS = [
    Door("casework:paper", SEE_CASE, ("paper",)),
    Door("casework:paper-difference", SEE_CASE, ("paper",)),
    Door("casework:paper-add", ATTACH, ("case",), see_only=AUDITOR),
    Door("casework:paper-replace", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:paper-describe", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:paper-public-copy", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:paper-settle", ATTACH - {"county clerk"}, ("paper",), see_only=AUDITOR | {"county clerk"}),
    Door("casework:paper-publish", ATTACH, ("paper",), see_only=AUDITOR, method="post"),
    Door("casework:paper-unpublish", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:document", SEE_CASE, ("case", "document kind")),
    Door("casework:archive", EXPORT, ("case",), see_only=SEE_CASE - EXPORT),
    Door("casework:archive-file", frozenset({"officer"}), ("case", "archive job"), see_only=SEE_CASE - EXPORT),
]


def furnish(world, acting):
    officer = acting("市专班办公室", "officer")
    now = clock.now()
    job = Job.objects.create(name=NAME, title="案卷导出", person=officer.person, created_at=now, changed_at=now)
    place = place_of(world["case"], str(job.pk))
    storage().save(place, ContentFile(b"PK"))
    world.things |= {"document kind": "approval-form", "archive job": job}
