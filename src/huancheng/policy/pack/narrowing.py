"""Whether a change narrows what it changes, or widens it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def widening(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return in words where `after` allows more than `before`; empty where it only narrows.

    A list may lose members, a mapping of conditions may gain members, `effective_from` may move later and
    `effective_to` earlier. Whatever else differs can't be judged and counts as widening.
    """
    for key, new in after.items():
        reason = _wider(key, before.get(key), new)
        if reason:
            return f"{key}: {reason}"
    return ""


def _wider(key: str, old: Any, new: Any) -> str:
    if key == "effective_from":
        return "" if old is None or (new is not None and str(new) >= str(old)) else "it would begin earlier"
    if key == "effective_to":
        return "" if old is None or (new is not None and str(new) <= str(old)) else "it would end later"
    if isinstance(old, list) and isinstance(new, list):
        extra = [item for item in new if item not in old]
        return f"it would add {extra[0]!r}" if extra else ""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        lost = [name for name, item in old.items() if new.get(name) != item]
        return f"it would drop or change the condition {lost[0]!r}" if lost else ""
    return "" if old == new else f"{old!r} and {new!r} can't be compared"
