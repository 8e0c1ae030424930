"""Writing the contents of an instrument, part by part."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.editions import HANDS_IN, part_names
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.moving import lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Part
from huancheng.platform.casework.rules import may
from huancheng.platform.common import clock

LONGEST = 100_000
"""Characters in one part."""


def write_part(case: int, name: str, text: str, acting: Acting, *, version: int | None = None) -> Part:
    """Save a part as it is being written; a draft is not logged, what is handed in is (`editions`).

    Parameters
    ----------
    case
        Its id.
    name
        Name of the part, one of the instrument's.
    text
        The whole text.
    acting
        Who writes.
    version
        Version of the part the person began from.

    Raises
    ------
    NotAllowed
        If the person may not write, or nothing can be written now.
    Overtaken
        If a colleague saved the part since.
    InputFault
        If the instrument has no such part, or the text is too long.
    """
    with transaction.atomic():
        standing = lock(case)
        if not may_write(acting, standing):
            raise NotAllowed(
                gettext("现在不能编辑内容"), field="text", cure=gettext("内容在编制、报送或补正时由编制人编辑")
            )
        if name not in part_names(standing):
            raise InputFault(gettext("没有“%s”这一部分") % name, field="name", cure=gettext("请从列出的部分中选择"))
        if len(text) > LONGEST:
            raise InputFault(
                gettext("内容过长，最多%d字") % LONGEST, field="text", cure=gettext("请缩短，或作为附件上传")
            )
        part = Part.objects.filter(case=standing.case, name=name).first() or Part(case=standing.case, name=name)
        if version is not None and version != part.version:
            raise Overtaken(
                gettext("同事刚刚保存过“%s”") % name, cure=gettext("请对照最新内容合并；您填写的内容已保留")
            )
        part.text, part.version = text, part.version + 1
        part.updated_by_id, part.updated_at = acting.person, clock.now()
        part.save()
    return part


def may_write(acting: Acting, standing: CaseStanding) -> bool:
    """Whether a person may write the contents now."""
    writing = [item.step.id for item in standing.plan.steps if item.step.kind in HANDS_IN]
    return any(may(acting, "edit", standing, step) for step in writing)
