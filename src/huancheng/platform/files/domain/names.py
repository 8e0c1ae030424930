"""The name a file was given: a label for people, never a path."""

from __future__ import annotations

import re
import unicodedata

from huancheng.platform.files.domain.refusing import Reason, Refused
from huancheng.platform.files.formats import by_extension, running_extensions

LONGEST = 160
"""Characters; what is longer is refused rather than cut, so that no extension gets lost."""
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control, format (bidirectional marks, zero-width), surrogate, private, unassigned, line and paragraph separators."""
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Return a name without path, invisible and forbidden characters.

    Parameters
    ----------
    name
        As the browser sent it.

    Raises
    ------
    Refused
        If nothing sensible is left, it is too long, holds NUL, or hides a second extension.
    """
    if "\0" in name:
        raise Refused(Reason.NAME, "NUL")
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in last if _is_visible(sign))
    tidy = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", visible)).strip(" .")
    stem, _, extension = tidy.rpartition(".")
    if not stem or not extension or _RESERVED.fullmatch(stem.split(".")[0].strip()):
        raise Refused(Reason.NAME)
    if len(tidy) > LONGEST:
        raise Refused(Reason.NAME, f"{len(tidy)} > {LONGEST}")
    if extension.lower() in running_extensions() or extension.lower() not in by_extension():
        raise Refused(Reason.EXTENSION, extension.lower()[:12])
    if hidden := next((part for part in stem.lower().split(".")[1:] if part.strip() in running_extensions()), ""):
        raise Refused(Reason.DISGUISED, hidden)
    return f"{stem.strip()}.{extension.lower()}"


def extension_of(name: str) -> str:
    """Return a name's extension in lower case, without the dot."""
    return name.rpartition(".")[2].lower()


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in _INVISIBLE
