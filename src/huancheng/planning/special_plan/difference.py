"""What changed between two versions of a special plan: words, key areas, units, goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from huancheng.planning.special_plan.folder import read_layer, read_special_plan

SAME_GROUND = 0.01
"""Square metres of symmetric difference below which two outlines are one."""

_WORDS = {"overall_goal": "总体目标", "strategies": "发展策略", "period": "规划期限", "compiler": "组织编制部门"}
_LISTS = {"key_areas": ("重点区域", "id"), "units": ("更新单元", "id"), "goals": ("目标", "indicator"),
          "upper_plans": ("上位规划", "id"), "checkups": ("城市体检", "system")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Parameters
    ----------
    part
        重点区域, 更新单元, 目标, …
    key
        Which one; empty for words of the whole plan.
    kind
        `added`, `removed` or `changed`.
    field, before, after
        What differs; for ground, square metres lost and won.
    """

    part: str
    key: str
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""


def differences(old: Path, new: Path) -> tuple[Change, ...]:
    """Return the changes from one plan's folder to another's; none where they say the same.

    Raises
    ------
    InputFault
        If a folder holds no special plan.
    """
    first, second = read_special_plan(old), read_special_plan(new)
    found = [
        Change(title, "", "changed", key, _say(first.get(key)), _say(second.get(key)))
        for key, title in _WORDS.items()
        if first.get(key) != second.get(key)
    ]
    for key, (title, name) in _LISTS.items():
        grounds = _grounds(old, new, key) if key in ("key_areas", "units") else {}
        found += _list_changes(title, _by(first.get(key, []), name), _by(second.get(key, []), name), grounds)
    return tuple(found)


def _list_changes(
    title: str, old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]],
    grounds: Mapping[str, tuple[float, float]],
) -> list[Change]:  # fmt: skip
    found = [Change(title, key, "removed", before=_name(old[key])) for key in old if key not in new]
    found += [Change(title, key, "added", after=_name(new[key])) for key in new if key not in old]
    for key in (key for key in old if key in new):
        fields = sorted((set(old[key]) | set(new[key])) - {"area"})
        found += [
            Change(title, key, "changed", name, _say(old[key].get(name)), _say(new[key].get(name)))
            for name in fields
            if old[key].get(name) != new[key].get(name)
        ]
        lost, won = grounds.get(key, (0.0, 0.0))
        if lost + won > SAME_GROUND:
            found.append(Change(title, key, "changed", "范围", f"减 {lost:,.0f} 平方米", f"增 {won:,.0f} 平方米"))
    return found


def _grounds(old: Path, new: Path, layer: str) -> dict[str, tuple[float, float]]:
    """Return, for each key on both sides, the square metres lost and won."""
    first, second = read_layer(old, layer), read_layer(new, layer)
    if first is None or second is None:
        return {}
    second = second.to_crs(first.crs)
    ours = dict(zip(first["id"].astype(str), first.geometry, strict=True))
    theirs = dict(zip(second["id"].astype(str), second.geometry, strict=True))
    return {
        key: (
            float(shapely.difference(ours[key], theirs[key]).area),
            float(shapely.difference(theirs[key], ours[key]).area),
        )
        for key in ours
        if key in theirs
    }


def _by(rows: list[dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    return {str(row[name]): row for row in rows}


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("name") or row.get("title") or "")


def _say(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(str(item) for item in value)
    if isinstance(value, dict):
        return "" if value.get("amount") is None else f"{value['amount']:g} {value.get('unit', '')}".strip()
    return "" if value is None else str(value)
