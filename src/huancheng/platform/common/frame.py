"""What the frame asks of the apps above: each offers its part when it is ready; this app needs to know none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class ActingChoice:
    """One way a person may act.

    Parameters
    ----------
    value
        What is sent when it is chosen.
    label
        The body and the role.
    note
        On whose behalf, and until when; empty for an own post.
    chosen
        Whether it is the one in force.
    """

    value: str
    label: str
    note: str = ""
    chosen: bool = False


@dataclass(slots=True)
class FrameParts:
    """What the apps offered.

    Parameters
    ----------
    city
        Name of the city, the first word of where one is.
    acting_choices
        How the person may act; the frame posts `post` and `next` to `acting_url`.
    notices
        How many notices the person has not read; the bell leads to `notices_url`.
    years
        Years one may choose from, newest first, and which is chosen; posted as `year` and `next` to `years_url`.
    search_url, sign_out_url, account_url, notices_url, acting_url, years_url
        Names of URLs; a part whose URL does not exist is not shown.
    """

    city: Callable[[HttpRequest], str] = lambda _request: ""
    acting_choices: Callable[[HttpRequest], Sequence[ActingChoice]] = lambda _request: ()
    notices: Callable[[HttpRequest], int] = lambda _request: 0
    years: Callable[[HttpRequest], Sequence[tuple[int, bool]]] = lambda _request: ()
    search_url: str = ""
    sign_out_url: str = ""
    account_url: str = ""
    notices_url: str = ""
    acting_url: str = ""
    years_url: str = ""


PARTS = FrameParts()
"""Set by the apps' `ready`: `PARTS.notices = …; PARTS.notices_url = "casework:notices"`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around one answer; templates ask for its parts, so that a page without a frame costs nothing."""

    request: HttpRequest

    @property
    def city(self) -> str:
        """Name of the city."""
        return PARTS.city(self.request)

    @property
    def acting_choices(self) -> Sequence[ActingChoice]:
        """How the person may act."""
        return PARTS.acting_choices(self.request)

    @property
    def notices(self) -> int:
        """Notices not read."""
        return PARTS.notices(self.request)

    @property
    def years(self) -> Sequence[tuple[int, bool]]:
        """Years to choose from."""
        return PARTS.years(self.request)

    @property
    def theme(self) -> str:
        """Colours chosen: auto, light or dark."""
        chosen = self.request.COOKIES.get("theme", "auto")
        return chosen if chosen in {"light", "dark"} else "auto"

    @property
    def urls(self) -> dict[str, str]:
        """Addresses of the frame's parts; empty for a part nobody offered."""
        names = ("search", "sign_out", "account", "notices", "acting", "years")
        return {name: self._address(getattr(PARTS, f"{name}_url")) for name in names}

    def _address(self, name: str) -> str:
        try:
            return reverse(name) if name else ""
        except NoReverseMatch:
            return ""
