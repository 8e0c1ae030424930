"""The complete-community scorecard: twenty items, each met, short, or waiting for data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd

from huancheng.access import UNREACHED, nearest_of_classes, to_decimetres
from huancheng.city.overlay import points_in_zones
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Value
from huancheng.planning.arrays import Floats
from huancheng.planning.completeness.gaps import Gap
from huancheng.planning.completeness.norms import Mark
from huancheng.planning.completeness.reach import CityReach
from huancheng.planning.completeness.supply import facilities_of_classes
from huancheng.planning.knowing import Known
from huancheng.policy.book import PolicyBook
from huancheng.policy.provisions.completeness import (
    AmountTest,
    CommunityItem,
    CommunityRules,
    FlagTest,
    NearTest,
    RatioTest,
    ServedTest,
)

PERCENT = 100


class Verdict(StrEnum):
    """What is known of one item; what is not known is no pass."""

    MET = "met"
    SHORT = "short"
    NEEDS_DATA = "needs_data"


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item for one area."""

    number: int
    category: str
    title: str
    verdict: Verdict
    figure: Value
    needed: str
    required: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All items for one area.

    Parameters
    ----------
    area, area_name
        Unit or estate.
    items
        In the standard's order.
    verdict
        Short if a required item is short, else waiting while one waits, else met.
    """

    area: str
    area_name: str
    items: tuple[ItemScore, ...]
    verdict: Verdict

    def count(self, verdict: Verdict) -> int:
        """Return how many items have a verdict."""
        return sum(item.verdict is verdict for item in self.items)


def score_communities(
    snapshot: Snapshot, reach: CityReach, gaps: Sequence[Gap], areas: gpd.GeoDataFrame, *, book: PolicyBook,
    rules: CommunityRules,
) -> list[Scorecard]:  # fmt: skip
    """Score every area; an estate's own columns are added up over the estates of the area.

    Parameters
    ----------
    snapshot, reach, gaps
        The city, who reaches what, and the gaps of the same areas.
    areas
        Polygons with `id` and `name`.
    book, rules
        For the items' names and certainty, and how they are tested.
    """
    scorer = _Scorer(snapshot, reach, areas, rules)
    by_area: dict[str, dict[str, Gap]] = {}
    for gap in gaps:
        by_area.setdefault(gap.area, {})[gap.norm.id] = gap
    standards = {item.id: item for item in book.standards}
    cards = []
    for row, (area, name) in enumerate(zip(areas["id"].astype(str), areas["name"].fillna("").astype(str), strict=True)):
        items = []
        for item in rules.items:
            standard = standards[item.standard]
            verdict, figure, needed = scorer.score(item, row, by_area[area])
            mark = str(Mark(standard.source or rules.source, standard.certainty))
            items.append(
                ItemScore(item.number, item.category, standard.title, verdict, figure, needed, item.required, mark)
            )
        cards.append(Scorecard(area, name, tuple(items), _overall(items, all_required=rules.all_required)))
    return cards


def _overall(items: Sequence[ItemScore], *, all_required: bool) -> Verdict:
    asked = [item.verdict for item in items if item.required or not all_required]
    if Verdict.SHORT in asked:
        return Verdict.SHORT
    return Verdict.NEEDS_DATA if Verdict.NEEDS_DATA in asked else Verdict.MET


class _Scorer:
    """Figures of every area, computed once."""

    def __init__(self, snapshot: Snapshot, reach: CityReach, areas: gpd.GeoDataFrame, rules: CommunityRules) -> None:
        self._rules, self._reach, self._snapshot = rules, reach, snapshot
        self._area_of_home = points_in_zones(reach.homes.points, areas.geometry.to_numpy())
        self._count = len(areas)
        estates = snapshot.layer("estates")
        self._estates = estates
        self._area_of_estate = points_in_zones(
            estates.geometry.representative_point().to_numpy(), areas.geometry.to_numpy()
        )
        self._near: dict[tuple[str, ...], Floats] = {}

    def score(self, item: CommunityItem, row: int, gaps: Mapping[str, Gap]) -> tuple[Verdict, Value, str]:
        match item.test:
            case ServedTest(facility=facility):
                gap = gaps[facility]
                return self._share(1 - gap.beyond_share if gap.beyond_share is not None else None, gap.norm.walk, gap)
            case NearTest() as test:
                share = self._near_share(test)[row]
                return self._share(None if np.isnan(share) else float(share), test.walk, None)
            case FlagTest(column=column):
                return self._flag(column, row)
            case AmountTest(column=column, least=least):
                return self._amount(column, None, least, row)
            case RatioTest(column=column, per=per, least=least):
                return self._amount(column, per, least, row)
            case _:
                missing = Value.missing("", "须现场核查并登记")
                return Verdict.NEEDS_DATA, missing, "现场核查"

    def _share(self, share: float | None, walk: float, gap: Gap | None) -> tuple[Verdict, Value, str]:
        needed = f"{self._rules.served_share * PERCENT:g}%居民步行{walk:g}米可达"
        if share is None:
            note = gap.note if gap else "该范围内没有常住人口，或全市没有该类设施的数据"
            return Verdict.NEEDS_DATA, Value.missing("%", note), needed
        known = Known(self._snapshot, (self._reach.homes.layer, "population"), ("facilities", "class"))
        verdict = Verdict.MET if share >= self._rules.served_share - 1e-9 else Verdict.SHORT
        return verdict, known.value(share * PERCENT, "%"), needed

    def _near_share(self, test: NearTest) -> Floats:
        if test.classes not in self._near:
            frame = facilities_of_classes(self._snapshot, test.classes)
            persons = self._reach.homes.persons
            targets = {"": self._reach.graph.attach(frame.geometry.to_numpy())}
            limit = int(to_decimetres([test.walk])[0])
            found = nearest_of_classes(self._reach.graph, self._reach.homes.places, targets, limit)[:, 0] != UNREACHED
            inside = self._area_of_home >= 0
            code = self._area_of_home[inside]
            total = np.bincount(code, persons[inside], self._count)
            near = np.bincount(code, np.where(found, persons, 0.0)[inside], self._count)
            share = np.full(self._count, np.nan)
            if len(frame):
                np.divide(near, total, out=share, where=total > 0)
            self._near[test.classes] = share
        return self._near[test.classes]

    def _flag(self, column: str, row: int) -> tuple[Verdict, Value, str]:
        needed = "区内小区全部具备"
        flags = self._estates.loc[self._area_of_estate == row, column]
        if not len(flags) or flags.isna().all():
            return Verdict.NEEDS_DATA, Value.missing("个", "没有小区，或小区没有这项登记"), needed
        known = Known(self._snapshot, ("estates", column))
        lacking = int((~flags.fillna(value=True).astype(bool)).sum())
        unknown = int(flags.isna().sum())
        figure = known.value(lacking, "个", note=f"不具备的小区；{unknown} 个未登记" if unknown else "不具备的小区")
        if lacking:
            return Verdict.SHORT, figure, needed
        return (Verdict.NEEDS_DATA if unknown else Verdict.MET), figure, needed

    def _amount(self, column: str, per: str | None, least: float, row: int) -> tuple[Verdict, Value, str]:
        unit = "平方米" if per is None else "个/户"
        needed = f"每个小区不少于 {least:g} {unit}" if per is None else f"不少于 {least:g} {unit}"
        here = self._estates[self._area_of_estate == row]
        amounts = pd.to_numeric(here[column]).to_numpy(np.float64, na_value=np.nan)
        wholes = np.ones(len(here)) if per is None else pd.to_numeric(here[per]).to_numpy(np.float64, na_value=np.nan)
        known = np.isfinite(amounts) & np.isfinite(wholes) & (wholes > 0)
        if not known.any():
            return Verdict.NEEDS_DATA, Value.missing(unit, "没有小区，或小区没有这项登记"), needed
        figures = Known(self._snapshot, ("estates", column))
        value = float(amounts[known].min()) if per is None else float(amounts[known].sum() / wholes[known].sum())
        note = "最小的小区" if per is None and len(here) > 1 else ""
        enough = value >= least - 1e-9
        waiting = enough and not known.all()
        verdict = Verdict.SHORT if not enough else Verdict.NEEDS_DATA if waiting else Verdict.MET
        return verdict, figures.value(value, unit, note=note), needed
