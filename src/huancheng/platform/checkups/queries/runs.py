"""Which check-ups a person may read."""

from __future__ import annotations

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.checkups.rules import may_read_checkups


def visible_runs(acting: Acting | None) -> QuerySet[CheckupRunRecord]:
    """Return the check-ups a person may read: all of them inside the administration, none outside it."""
    return CheckupRunRecord.objects.all() if may_read_checkups(acting) else CheckupRunRecord.objects.none()
