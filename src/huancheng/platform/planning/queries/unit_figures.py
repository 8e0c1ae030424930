"""The figures of a unit as its certificate holds them, with words and measures for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huancheng.platform.planning.models import RenewalUnit

HECTARE = 1e-4
PERCENT = 100.0
PROBLEMS, BEYOND = "problems:", "beyond:"
"""How the certificate names figures by type of problem, and by facility out of reach."""

FIGURES: dict[str, tuple[Any, Any, float]] = {
    "area": (gettext_lazy("面积"), gettext_lazy("公顷"), HECTARE),
    "blocks": (gettext_lazy("地块"), gettext_lazy("个"), 1),
    "population": (gettext_lazy("人口"), gettext_lazy("人"), 1),
    "households": (gettext_lazy("户数"), gettext_lazy("户"), 1),
    "floor_area": (gettext_lazy("建筑面积"), gettext_lazy("万平方米"), HECTARE),
    "far": (gettext_lazy("容积率"), "", 1),
    "coverage": (gettext_lazy("建筑密度"), "%", PERCENT),
    "height": (gettext_lazy("最高建筑"), gettext_lazy("米"), 1),
    "age": (gettext_lazy("平均房龄"), gettext_lazy("年"), 1),
    "legal_share": (gettext_lazy("有合法产权的用地占比"), "%", PERCENT),
    "border_on_lines": (gettext_lazy("沿道路、河流或产权线的边界占比"), "%", PERCENT),
}
"""Name → words, measure, and what the certificate's value is multiplied by."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a unit.

    Parameters
    ----------
    title
        What it is.
    value
        Its value; None where the data have none.
    measure
        Its measure.
    """

    title: str
    value: float | None
    measure: str


def figure_of(unit: RenewalUnit, name: str) -> float | None:
    """Return one figure in the measure pages show; None where the certificate has none."""
    value = unit.figures.get(name)
    if not isinstance(value, int | float):
        return None
    return float(value) * (FIGURES[name][2] if name in FIGURES else 1)


def figures_of(unit: RenewalUnit) -> Iterator[Figure]:
    """Return what the certificate says of a unit: size and stock, then problems, then facilities out of reach."""
    for name, (title, measure, _scale) in FIGURES.items():
        if name in unit.figures:
            yield Figure(str(title), figure_of(unit, name), str(measure))
    for name in sorted(unit.figures):
        if name.startswith(PROBLEMS):
            yield Figure(_("问题：%s") % name.removeprefix(PROBLEMS), figure_of(unit, name), "")
    for name in sorted(unit.figures):
        if name.startswith(BEYOND):
            share = figure_of(unit, name)
            title = _("步行范围外的居民占比：%s") % name.removeprefix(BEYOND)
            yield Figure(title, None if share is None else share * PERCENT, "%")
