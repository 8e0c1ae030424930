"""Alternatives of a special plan: taken in, edited by hand, saved as new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.planning.domain.edit_words import in_metres, plainly
from huancheng.platform.planning.domain.plan_memory import plan_of, remember
from huancheng.platform.planning.domain.special_plans import demand_writer
from huancheng.platform.planning.domain.unit_folders import keep_folder, unit_folder
from huancheng.platform.planning.models import Alternative, SpecialPlan
from huancheng.platform.planning.rules import being_written

if TYPE_CHECKING:
    from huancheng.units.editing import Plan, Recheck

SOURCES = {
    "computed": Alternative.Source.SOLVED,
    "drawn": Alternative.Source.DRAWN,
    "edited": Alternative.Source.EDITED,
}
"""Where an alternative comes from, by what its certificate says."""


def take_alternative(plan: int, acting: Acting, title: str, fill: Callable[[Path], Any]) -> Alternative:
    """Take a result folder in as an alternative of a draft.

    Parameters
    ----------
    plan
        Id of the special plan.
    acting
        Who writes it.
    title
        Name of the alternative.
    fill
        Writes the folder into an empty one.

    Raises
    ------
    NotAllowed
        If the person may not write the plan, or it is no draft.
    InputFault
        If the folder is not what its certificate says, or the plan has this alternative already.
    """
    with transaction.atomic():
        _writable(plan, acting)
    digest = keep_folder(fill)
    with transaction.atomic():
        row = _writable(plan, acting)
        if row.alternatives.filter(digest=digest).exists():
            raise InputFault(_("这份划定成果已经是比选方案"), cure=_("请打开已有的方案"))
        return _added(row, acting, title, digest, None)


def edit(alternative: int, acting: Acting, entry: dict[str, Any], *, expected: int) -> Recheck:
    """Carry out an edit on an alternative and return its test; nothing is forbidden, everything is told.

    Parameters
    ----------
    alternative
        Its id.
    acting
        Who writes the plan.
    entry
        The edit: `op` with its keys, as `huancheng.units.editing.read_operation` reads it; a line in longitude and
        latitude.
    expected
        Edition the person saw.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If it can't be done.
    """
    from huancheng.units.editing import apply, read_operation

    with changing(alternative, acting, expected) as row:
        plan = plan_of(row)
        with plainly():
            operation = read_operation(in_metres(plan, entry))
            after, check = apply(plan, operation)
        row.edits, row.undone = [*row.edits, operation.as_entry()], []
        append(row.stream, "alternative.edited", acting, operation.as_entry())
    remember(row, after)
    return check


def undo(alternative: int, acting: Acting, *, expected: int) -> Recheck:
    """Take the last edit back.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If nothing was edited.
    """
    with changing(alternative, acting, expected) as row:
        if not row.edits:
            raise InputFault(_("没有可以撤销的调整"), cure=_("请先调整"))
        before, entry = plan_of(row), row.edits[-1]
        row.edits, row.undone = row.edits[:-1], [*row.undone, entry]
        append(row.stream, "alternative.undone", acting, entry)
    return _tested(row, before)


def redo(alternative: int, acting: Acting, *, expected: int) -> Recheck:
    """Do again what was taken back last.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If nothing was taken back since the last edit.
    """
    with changing(alternative, acting, expected) as row:
        if not row.undone:
            raise InputFault(_("没有可以重做的调整"), cure=_("撤销之后才能重做"))
        before, entry = plan_of(row), row.undone[-1]
        row.edits, row.undone = [*row.edits, entry], row.undone[:-1]
        append(row.stream, "alternative.redone", acting, entry)
    return _tested(row, before)


def save_as(alternative: int, acting: Acting, title: str, *, expected: int) -> Alternative:
    """Save an alternative with its edits as a new one with a certificate of its own; the old one loses its edits.

    Raises
    ------
    NotAllowed, Overtaken
        As `changing` says.
    InputFault
        If nothing was edited.
    """
    from huancheng.units.certificate import Source, write_units
    from huancheng.units.editing import edited_drawing

    with changing(alternative, acting, expected) as row:
        if not row.edits:
            raise InputFault(_("没有尚未保存的调整"), cure=_("请先调整，再另存为方案"))
        source = Source(row.title, row.digest, "result")
        drawing = edited_drawing(plan_of(row), source)
        digest = keep_folder(lambda folder: write_units(drawing, folder))
        fresh = _added(row.plan, acting, title, digest, row)
        row.edits, row.undone = [], []
        append(row.stream, "alternative.saved", acting, {"as": fresh.pk})
    return fresh


@contextmanager
def changing(alternative: int, acting: Acting, expected: int) -> Iterator[Alternative]:
    """Lock an alternative of a draft for a change and count its edition.

    Raises
    ------
    NotAllowed
        If the person may not write the plan, it is no draft, or the alternative is the adopted one.
    Overtaken
        If somebody changed it since.
    """
    with transaction.atomic():
        row = Alternative.objects.select_for_update().select_related("plan").get(pk=alternative)
        _demand_draft(row.plan, acting)
        if row.edition != expected:
            raise Overtaken(_("同事刚刚调整过这个方案"), cure=_("页面已显示最新的方案，请对照后再调整"))
        yield row
        row.edition += 1
        row.save()


def _writable(plan: int, acting: Acting) -> SpecialPlan:
    row = SpecialPlan.objects.select_for_update().get(pk=plan)
    _demand_draft(row, acting)
    return row


def _demand_draft(plan: SpecialPlan, acting: Acting) -> None:
    demand_writer(plan, acting)
    if not being_written(plan):
        raise NotAllowed(_("这一版已定稿或正在审批，不能修改"), cure=_("请新建版本，或在要求补正后修改"))


def _added(plan: SpecialPlan, acting: Acting, title: str, digest: str, parent: Alternative | None) -> Alternative:
    figures = _figures(digest)
    row = Alternative.objects.create(
        plan=plan, title=title.strip() or _("方案%d") % (plan.alternatives.count() + 1), digest=digest, parent=parent,
        source=SOURCES[figures["method"]], figures=figures,
    )  # fmt: skip
    append(row.stream, "alternative.added", acting, {"plan": plan.pk, "digest": digest, "source": row.source})
    return row


def _figures(digest: str) -> dict[str, Any]:
    """Return what the certificate says of a plan, as plain values."""
    from dataclasses import asdict

    from huancheng.units.certificate import read_units
    from huancheng.units.comparison import figures_of

    figures = asdict(figures_of(read_units(unit_folder(digest))))
    del figures["folder"]
    return figures


def _tested(row: Alternative, before: Plan) -> Recheck:
    from huancheng.units.editing.recheck import recheck

    return recheck(before, plan_of(row))
