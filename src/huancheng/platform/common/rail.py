"""The rail at the left: the chain of the policy as a menu. Each app adds its entries when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from huancheng.platform.common.icons import ICONS

ORDER = (
    _("工作台"), _("一张图"), _("城市体检"), _("更新规划"), _("项目库"), _("资金"), _("审批"), _("调度督查"),
    _("公众"), _("政策"), _("管理"),
)  # fmt: skip

PLACE_ICONS = dict(
    zip(
        ORDER,
        (
            "worklist", "map", "checkup", "planning", "projects", "funding", "casework", "supervision", "public",
            "policy", "settings",
        ),
        strict=True,
    )
)  # fmt: skip


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
        Name of its icon, one of `icons.ICONS`; the place's own where nothing is said.
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


@dataclass(frozen=True, slots=True)
class RailItem:
    """An entry as a page shows it: where it leads, and whether the page lies behind it."""

    place: str
    url: str
    icon: str
    current: bool


def rail_items(request: HttpRequest, acting: Any) -> list[RailItem]:
    """Return what the rail shows on a page; the entry with the longest address that begins the page's is current."""
    entries = [(entry, reverse(entry.url_name)) for entry in rail_for(request, acting)]
    behind = [url for _entry, url in entries if request.path == url or (url != "/" and request.path.startswith(url))]
    space = request.resolver_match.namespace if request.resolver_match else ""
    if not behind and space:
        behind = [url for entry, url in entries if entry.url_name.partition(":")[0] == space][:1]
    current = max(behind, key=len, default="")
    return [
        RailItem(entry.place, url, _icon(entry), current=bool(current) and url == current) for entry, url in entries
    ]


def _icon(entry: RailEntry) -> str:
    return entry.icon if entry.icon in ICONS else PLACE_ICONS[entry.place]
