"""Figures as people write them: thousands separated, with a percent sign or a unit, or a dash for none."""

from __future__ import annotations

import re
import unicodedata

_NONE = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "/",
        "\\",
        "无",
        "无数据",
        "缺失",
        "不适用",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "*",
    }
)
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(万|亿)?\s*(.*)\Z")
_TIMES = {"": 1.0, "万": 1e4, "亿": 1e8}


class NotAFigure(ValueError):
    """A text that is neither a figure nor a sign for none."""


def read_figure(text: str, unit: str) -> tuple[float | None, str]:
    """Return the figure a text means and the unit it wears; None where it means that there is none.

    Parameters
    ----------
    text
        Such as `1,234`, `87.5%`, `1.2万`, `12栋`, `—`.
    unit
        Unit the table gives for it; empty where it gives none.

    Returns
    -------
    tuple
        The amount, and the table's unit or, where it gives none, the one the text wears.

    Raises
    ------
    NotAFigure
        If the text is something else; the message says what.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").strip()
    known_unit = unicodedata.normalize("NFKC", unit).replace(" ", "")
    if plain.lower() in _NONE:
        return None, known_unit
    if known_unit.startswith(("万", "亿")) and plain.endswith(known_unit):
        plain = plain.removesuffix(known_unit)
    match = _NUMBER.match(plain.replace("−", "-"))
    if match is None:
        message = f"{text!r} is not a figure"
        raise NotAFigure(message)
    digits, times, worn = match.groups()
    if worn and known_unit and worn != known_unit:
        message = f"{text!r} wears the unit {worn!r}, the table says {unit!r}"
        raise NotAFigure(message)
    if worn and re.search(r"\d", worn):
        message = f"{text!r} holds more than one figure"
        raise NotAFigure(message)
    return float(digits.replace(",", "")) * _TIMES[times or ""], known_unit or worn
