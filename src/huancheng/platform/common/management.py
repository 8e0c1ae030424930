"""What stands behind 管理 in the rail: pages of several apps side by side. Each app adds its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class ManagementPage:
    """A page.

    Parameters
    ----------
    place
        Where it stands in the row; smaller numbers first.
    title
        Its name.
    url_name
        Name of its URL.
    shown_to
        Whether a person acting so sees it.
    """

    place: int
    title: str | Promise
    url_name: str
    shown_to: Callable[[Any], bool]


_PAGES: dict[str, ManagementPage] = {}


def add_to_management(page: ManagementPage) -> None:
    """Add a page; called from an app's `ready`."""
    _PAGES[page.url_name] = page


def management_tabs(request: HttpRequest) -> list[tuple[str | Promise, str, bool]]:
    """Return the pages a person may open, as `{% tabs %}` takes them: words, address, whether it is this one.

    The one with the longest address that begins this page's is the current one.
    """
    acting = getattr(request, "acting", None)
    found = [(page, reverse(page.url_name)) for page in _PAGES.values() if page.shown_to(acting)]
    behind = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return [(page.title, url, url == behind) for page, url in sorted(found, key=lambda item: item[0].place)]
