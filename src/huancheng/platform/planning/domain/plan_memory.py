"""Plans under edit, remembered by each process: opening a folder takes seconds, an edit must not."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from huancheng.platform.planning.domain.unit_folders import unit_folder
from huancheng.platform.planning.models import Alternative

if TYPE_CHECKING:
    from huancheng.units.editing import Plan

MOST = 8
"""Plans remembered at once; the one used longest ago is forgotten first."""

_lock = Lock()
_plans: OrderedDict[tuple[str, str], Plan] = OrderedDict()


def plan_of(alternative: Alternative) -> Plan:
    """Return an alternative as it stands with its edits; what is not remembered is read and replayed."""
    from huancheng.units.certificate import read_units
    from huancheng.units.editing import open_plan, read_operation, replay

    key = _key(alternative)
    with _lock:
        found = _plans.get(key)
        if found is not None:
            _plans.move_to_end(key)
            return found
        origin = _plans.get((alternative.digest, ""))
    plan = origin or open_plan(read_units(unit_folder(alternative.digest)).drawing)
    _keep((alternative.digest, ""), plan)
    if alternative.edits:
        plan = replay(plan, [read_operation(entry) for entry in alternative.edits])[0]
        _keep(key, plan)
    return plan


def remember(alternative: Alternative, plan: Plan) -> None:
    """Remember an alternative as it stands after an edit."""
    _keep(_key(alternative), plan)


def forget_all() -> None:
    """Forget every plan."""
    with _lock:
        _plans.clear()


def _key(alternative: Alternative) -> tuple[str, str]:
    return alternative.digest, repr(alternative.edits) if alternative.edits else ""


def _keep(key: tuple[str, str], plan: Plan) -> None:
    with _lock:
        _plans[key] = plan
        _plans.move_to_end(key)
        while len(_plans) > MOST:
            _plans.popitem(last=False)
