"""Fragments of land (零星土地) told by geometry, with rule and figures, and what they would be merged with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.metric import common_metric_crs
from huancheng.evidence import InputFault
from huancheng.policy.asking import decide_case
from huancheng.policy.book import PolicyBook
from huancheng.units.fragments.measures import Lie, lies
from huancheng.units.fragments.rules import FragmentRules, fragment_rules

BORDER_TOLERANCE = 0.2
"""Metres by which borders of one cadastre may miss each other."""


class FragmentKind(StrEnum):
    """Kinds of fragments, and ground that can't be built on alone."""

    CORNER = "corner"
    ENCLOSED = "enclosed"
    INTERLOCKED = "interlocked"
    UNBUILDABLE = "unbuildable"

    @property
    def term(self) -> str:
        """The official word, which is the value of the fact `parcel_kind`."""
        return _TERMS[self]


_TERMS = {
    FragmentKind.CORNER: "边角地",
    FragmentKind.ENCLOSED: "夹心地",
    FragmentKind.INTERLOCKED: "插花地",
    FragmentKind.UNBUILDABLE: "不具备单独建设条件",
}


@dataclass(frozen=True)
class Fragment:
    """One fragment.

    Parameters
    ----------
    parcel
        Its id.
    kind
        What it is.
    project
        Id of the project it would be merged with: the one with the longest shared border.
    rule
        Rule that was met, in words with its figures.
    lie
        The figures.
    share
        All fragments of this project together, as a share of the project's area.
    answers
        What the pack's tables say: `fragment_merge` and `land_supply`.
    """

    parcel: str
    kind: FragmentKind
    project: str
    rule: str
    lie: Lie
    share: float
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """What was found.

    Parameters
    ----------
    fragments
        Fragments by parcel id.
    looked_at
        Parcels below the area limit that border on a project.
    no_fragment
        Ids of those that are none.
    rules
        The numbers used, with their marks.
    frame
        Fragments as a layer.
    """

    fragments: tuple[Fragment, ...]
    looked_at: int
    no_fragment: tuple[str, ...]
    rules: FragmentRules
    frame: gpd.GeoDataFrame

    def as_dict(self) -> dict[str, Any]:
        """Return everything for `--json`."""
        return {
            "fragments": [_as_dict(item) for item in self.fragments],
            "looked_at": self.looked_at,
            "no_fragment": list(self.no_fragment),
            "rules": [asdict(figure) for figure in self.rules.figures()],
        }


def find_fragments(
    parcels: gpd.GeoDataFrame,
    projects: gpd.GeoDataFrame,
    book: PolicyBook,
    *,
    facts: Mapping[str, Any] | None = None,
    as_of: date | None = None,
) -> Found:
    """Find fragments beside projects and ask the pack what may be done with them.

    A parcel of less than the area limit that belongs to no project and borders on one is 插花地 if it lies in several
    parts among the project's ground, or reaches into it; 夹心地 if the project has most of its border; 边角地 if it is
    cut off between the project and a street or the edge of the plan; otherwise 不具备单独建设条件 if it is too narrow
    to build on.

    Parameters
    ----------
    parcels
        Cadastral parcels with `id`, and `owner` where known: an owner's own parcels are never interlocked with his
        project.
    projects
        Ground of projects with `id`, and `owner` where known, in the CRS of the parcels.
    book
        The law.
    facts
        Facts that hold for all of them, by id or title (符合国土空间总体规划, …); what is not given stays open.
    as_of
        Day of the law.

    Raises
    ------
    InputFault
        If a column is missing, the layers are not in one metric CRS, or the pack lacks a number.
    """
    common_metric_crs({"parcels": parcels, "projects": projects})
    for name, frame in (("parcels", parcels), ("projects", projects)):
        if "id" not in frame.columns:
            raise InputFault("the column is not there", file=name, field="id", cure="give every row an id")
    rules = fragment_rules(book)
    shapes, grounds = parcels.geometry.to_numpy(), projects.geometry.to_numpy()
    ids, names = parcels["id"].to_numpy(dtype=object), projects["id"].to_numpy(dtype=object)
    small = np.flatnonzero((shapely.area(shapes) < rules.area.value) & ~_within(shapes, grounds))
    measured = lies(shapes, small, grounds, BORDER_TOLERANCE)
    told = [(lie, _told(lie, _same_owner(parcels, projects, lie), rules)) for lie in measured]
    kept = [
        Fragment(str(ids[lie.parcel]), kind[0], str(names[lie.project]), kind[1], lie, 0.0, {})
        for lie, kind in told
        if kind is not None
    ]
    shared = _cumulated(kept, shapely.area(grounds))
    day = as_of or book.latest_change
    answered = tuple(replace(item, answers=_asked(item, book, facts or {}, day)) for item in shared)
    ordered = tuple(sorted(answered, key=lambda item: item.parcel))
    none = tuple(sorted(str(ids[lie.parcel]) for lie, kind in told if kind is None))
    return Found(ordered, len(measured), none, rules, _layer(ordered, parcels))


def _within(shapes: Any, grounds: Any) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which parcels are a project's own ground."""
    own = np.zeros(len(shapes), dtype=bool)
    own[shapely.STRtree(grounds).query(shapely.point_on_surface(shapes), predicate="within")[0]] = True
    return own


def _same_owner(parcels: gpd.GeoDataFrame, projects: gpd.GeoDataFrame, lie: Lie) -> bool:
    if "owner" not in parcels.columns or "owner" not in projects.columns:
        return False
    one, other = parcels["owner"].iloc[lie.parcel], projects["owner"].iloc[lie.project]
    return bool(pd.notna(one) and pd.notna(other) and one == other)


def _told(lie: Lie, same_owner: bool, rules: FragmentRules) -> tuple[FragmentKind, str] | None:
    size = f"面积{lie.area:.0f}平方米，小于{rules.area.said}"
    border = f"与项目共界{lie.with_project:.0%}、与其他地块共界{lie.with_others:.0%}、临路或规划边界{lie.open_:.0%}"
    in_parts = lie.parts > 1 and lie.parts_touching == lie.parts
    reaches_in = in_parts or lie.with_project >= rules.enclosed_share.value
    if not same_owner and reaches_in and lie.interlock >= rules.interlock.value:
        spread = f"{lie.parts}块，外轮廓内项目用地占{lie.interlock:.0%}（不低于{rules.interlock.said}）"
        return FragmentKind.INTERLOCKED, f"{size}；{spread}；{border}"
    if lie.with_project >= rules.enclosed_share.value:
        return FragmentKind.ENCLOSED, f"{size}；{border}（项目共界不低于{rules.enclosed_share.said}）"
    contact, foreign = rules.corner_contact, rules.corner_foreign
    if lie.with_project >= contact.value and lie.with_others <= foreign.value:
        limits = f"项目共界不低于{contact.said}、其他地块不高于{foreign.said}"
        return FragmentKind.CORNER, f"{size}；{border}（{limits}）"
    if lie.width < rules.unbuildable_width.value:
        narrow = f"内切圆直径{lie.width:.1f}米，小于{rules.unbuildable_width.said}"
        return FragmentKind.UNBUILDABLE, f"{size}；{narrow}；{border}"
    return None


def _cumulated(fragments: list[Fragment], size: Any) -> list[Fragment]:
    total: dict[int, float] = {}
    for item in fragments:
        total[item.lie.project] = total.get(item.lie.project, 0.0) + item.lie.area
    return [replace(item, share=total[item.lie.project] / float(size[item.lie.project])) for item in fragments]


def _asked(fragment: Fragment, book: PolicyBook, facts: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """Ask the tables; a table gets only the facts it knows."""
    own: dict[str, Any] = {
        "parcel_kind": fragment.kind.term, "adjacent_parcel": True, "fragment_share": min(1.0, fragment.share),
        "fragmented_or_unbuildable": True,
    }  # fmt: skip
    given = {**book.catalogue.read(dict(facts)), **book.catalogue.read(own)}
    return {table: decide_case(book, table, given, as_of=as_of) for table in ("fragment_merge", "land_supply")}


def _as_dict(fragment: Fragment) -> dict[str, Any]:
    document = asdict(fragment)
    return {**document, "kind": fragment.kind.value, "term": fragment.kind.term}


def _layer(fragments: tuple[Fragment, ...], parcels: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows = [item.lie.parcel for item in fragments]
    columns = {
        "id": [item.parcel for item in fragments], "kind": [item.kind.term for item in fragments],
        "project": [item.project for item in fragments], "rule": [item.rule for item in fragments],
        "area": [item.lie.area for item in fragments], "share": [item.share for item in fragments],
        "merge": [_outcome(item, "fragment_merge") for item in fragments],
        "supply": [_outcome(item, "land_supply") for item in fragments],
    }  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=parcels.geometry.to_numpy()[rows], crs=parcels.crs)


def _outcome(fragment: Fragment, table: str) -> str:
    answer = fragment.answers[table]
    said = "；".join(item["text"] for item in answer["outcomes"])
    return said or f"资料不足，尚缺：{'、'.join(answer['missing_titles'])}"
