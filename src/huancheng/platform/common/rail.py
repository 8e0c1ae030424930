"""The rail at the left: the chain of the policy as a menu. Each app adds its entries when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

ORDER = ("工作台", "一张图", "城市体检", "更新规划", "项目库", "资金", "审批", "调度督查", "公众", "政策", "管理")


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One entry.

    Parameters
    ----------
    place
        One of `ORDER`.
    url_name
        Name of its URL.
    shown_to
        Whether a person acting so sees it; takes the acting context, which is None for visitors.
    icon
        Name of its icon.
    """

    place: str
    url_name: str
    shown_to: Callable[[Any], bool]
    icon: str = ""


_ENTRIES: dict[str, RailEntry] = {}


def add_to_rail(entry: RailEntry) -> None:
    """Add an entry; called from an app's `ready`."""
    _ENTRIES[entry.place] = entry


def rail_for(_request: HttpRequest, acting: Any) -> list[RailEntry]:
    """Return the entries a person may use, in the order of the chain."""
    return [_ENTRIES[place] for place in ORDER if place in _ENTRIES and _ENTRIES[place].shown_to(acting)]
