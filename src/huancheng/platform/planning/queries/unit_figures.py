"""The figures of a unit as its certificate holds them, with words and measures for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

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

_PLACES = {"blocks": 0, "population": 0, "households": 0, "floor_area": 2, "far": 2}
"""Digits behind the point, where it is not one."""


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
    places
        Digits behind the point.
    """

    title: str
    value: float | None
    measure: str
    places: int


def figure_of(unit: RenewalUnit, name: str) -> float | None:
    """Return one figure in the measure pages show; None where the certificate has none."""
    value = unit.figures.get(name)
    if not isinstance(value, int | float):
        return None
    return float(value) * (FIGURES[name][2] if name in FIGURES else 1)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What the certificate says of a unit.

    Parameters
    ----------
    stock
        Size and building stock.
    problems
        Problems the check-up placed in it, by type.
    beyond
        Share of residents out of walking reach, by facility.
    """

    stock: Sequence[Figure]
    problems: Sequence[Figure]
    beyond: Sequence[Figure]

    @property
    def tables(self) -> list[tuple[str, Sequence[Figure]]]:
        """What stands in tables, with titles."""
        return [(_("体检问题（按类型）"), self.problems), (_("步行范围外的居民占比"), self.beyond)]


def figures_of(unit: RenewalUnit) -> UnitFigures:
    """Return what the certificate says of a unit."""
    stock = [
        Figure(str(title), figure_of(unit, name), str(measure), _PLACES.get(name, 1))
        for name, (title, measure, _scale) in FIGURES.items()
        if name in unit.figures
    ]
    problems = [Figure(kind, figure_of(unit, f"{PROBLEMS}{kind}"), "", 0) for kind in _kinds(unit, PROBLEMS)]
    return UnitFigures(stock, problems, [_out_of_reach(unit, kind) for kind in _kinds(unit, BEYOND)])


def _kinds(unit: RenewalUnit, prefix: str) -> list[str]:
    return sorted(name.removeprefix(prefix) for name in unit.figures if name.startswith(prefix))


def _out_of_reach(unit: RenewalUnit, facility: str) -> Figure:
    from huancheng.city.schema import facility_catalogue

    share, known = figure_of(unit, f"{BEYOND}{facility}"), facility_catalogue()
    title = gettext(known[facility].title) if facility in known else facility
    return Figure(str(title), None if share is None else share * PERCENT, "%", 1)
