"""Edits as pages send and tell them: lines in degrees, faults in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault

if TYPE_CHECKING:
    from huancheng.units.editing import Plan

GEOGRAPHIC = 4490


def in_metres(plan: Plan, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an edit with its line in the coordinates of the blocks."""
    if not entry.get("line"):
        return entry
    from pyproj import Transformer

    turn = Transformer.from_crs(GEOGRAPHIC, plan.origin.blocks.crs, always_xy=True)
    return {**entry, "line": [turn.transform(longitude, latitude) for longitude, latitude in entry["line"]]}


@contextmanager
def plainly() -> Iterator[None]:
    """Tell what an edit can't do in the words of the page; the fields are those of the edit."""
    try:
        yield
    except InputFault as fault:
        said = {
            "blocks": _("所选街块不能这样调整：有的不在方案中、不在该单元内，或就是该单元的全部街块"),
            "unit": _("方案里没有这个单元"),
            "units": _("所选单元不能合并"),
            "line": _("这条线没有把单元分成两部分"),
            "name": _("这个单元名称已经用过"),
        }
        words = said.get(fault.field, _("这样调整不会改变方案"))
        raise InputFault(words, field=fault.field, cure=_("请检查所选的街块和单元")) from fault
