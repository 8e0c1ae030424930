"""The figures of a check-up: the city's, and their parts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from huancheng.evidence import State
from huancheng.platform.checkups.models import CheckupRunRecord, IndicatorValue, ScopeKind


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What a list of indicators is narrowed to; empty fields narrow nothing."""

    group: str = ""
    state: str = ""
    grade: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension with its figures.

    Parameters
    ----------
    name
        Its name.
    grade
        The dimension's own grade, where its rule gives one.
    known, all
        Indicators with a figure, and all.
    figures
        Those listed.
    """

    name: str
    grade: str
    known: int
    all: int
    figures: list[IndicatorValue]


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of scope an indicator has figures for, and how many."""

    kind: ScopeKind
    count: int


def city_figures(run: CheckupRunRecord) -> QuerySet[IndicatorValue]:
    """Return the city's figure of each indicator, in the system's order."""
    return IndicatorValue.objects.filter(run=run, scope_kind=ScopeKind.CITY).order_by("position")


def dimensions_of(run: CheckupRunRecord, asked: FigureFilter) -> list[Dimension]:
    """Return the figures a list was narrowed to, by dimension; dimensions with none are left out."""
    rows = city_figures(run)
    for name in ("group", "state", "grade"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.words:
        rows = rows.filter(Q(name__contains=asked.words) | Q(indicator__icontains=asked.words))
    by_group: dict[str, list[IndicatorValue]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    aspects = {item["group"]: item for item in run.details["aspects"]}
    return [
        Dimension(
            name, aspects[name]["grade"], aspects[name]["states"].get(State.KNOWN.value, 0),
            sum(aspects[name]["states"].values()), figures,
        )
        for name, figures in by_group.items()
    ]  # fmt: skip


def groups_of(run: CheckupRunRecord) -> list[str]:
    """Return the dimensions of a run, in the system's order."""
    return [group["name"] for group in run.details["system"]["groups"]]


def grades_of(run: CheckupRunRecord) -> list[str]:
    """Return the grades that occur in a run."""
    found = city_figures(run).exclude(grade="").order_by().values_list("grade", flat=True).distinct()
    return sorted(found)


def parts_of(run: CheckupRunRecord, indicator: str) -> list[Part]:
    """Return the kinds of scope an indicator was broken down by."""
    counted = (
        IndicatorValue.objects.filter(run=run, indicator=indicator)
        .exclude(scope_kind=ScopeKind.CITY)
        .order_by()
        .values_list("scope_kind")
        .annotate(count=Count("pk"))
    )
    counts = dict(counted)
    return [Part(kind, counts[kind.value]) for kind in ScopeKind if kind.value in counts]


def figures_by(run: CheckupRunRecord, indicator: str, kind: str) -> QuerySet[IndicatorValue]:
    """Return an indicator's figures for one kind of scope, the largest first; unknown ones last."""
    rows = IndicatorValue.objects.filter(run=run, indicator=indicator, scope_kind=kind)
    return rows.order_by(F("amount").desc(nulls_last=True), "position")
