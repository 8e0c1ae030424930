"""All other facilities: on plots of their own, in the shops of estates, or in an office of the street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.generate.amenities import FacilityBook, with_suffix
from huancheng.city.generate.arrays import Booleans, Integers, Objects
from huancheng.city.generate.fabric import Plots
from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.people import Estates
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.rows import Rows
from huancheng.city.generate.territory import Territory


@dataclass(frozen=True, slots=True)
class _OnPlots:
    """A class of facility that stands on plots of a use: share of the plots, words, area per m² of plot, capacity."""

    kind: str
    use: PlotUse
    share: float
    suffix: str
    area: float
    capacity: float = np.nan
    operator: str = "公办"


_ON_PLOTS = (
    _OnPlots("middle_school", PlotUse.MIDDLE_SCHOOL, 0.8, "初级中学", 1.0, 1350),
    _OnPlots("high_school", PlotUse.MIDDLE_SCHOOL, 0.45, "高级中学", 1.0, 1800),
    _OnPlots("college", PlotUse.COLLEGE, 1.0, "职业学院", 1.0),
    _OnPlots("hospital", PlotUse.HOSPITAL, 1.0, "人民医院", 1.0, 600),
    _OnPlots("maternal_child_health", PlotUse.HOSPITAL, 0.5, "妇幼保健院", 0.2, 120),
    _OnPlots("market", PlotUse.MARKET, 1.0, "农贸市场", 0.35, operator="市场公司"),
    _OnPlots("theatre", PlotUse.MALL, 0.4, "影城", 0.08, operator="民营"),
    _OnPlots("library", PlotUse.CULTURE, 0.6, "图书馆", 0.4),
    _OnPlots("museum", PlotUse.CULTURE, 0.6, "博物馆", 0.4),
    _OnPlots("government", PlotUse.GOVERNMENT, 1.0, "政务服务中心", 0.3),
    _OnPlots("shelter", PlotUse.PARK, 0.6, "应急避难场所", 0.5, 4000),
    _OnPlots("activity_ground", PlotUse.PARK, 0.8, "活动广场", 0.08),
    _OnPlots("activity_ground", PlotUse.SQUARE, 1.0, "市民广场", 0.6),
    _OnPlots("playground", PlotUse.PARK, 0.6, "儿童乐园", 0.03),
    _OnPlots("parking", PlotUse.MALL, 0.8, "公共停车场", 0.2, 220, "民营"),
    _OnPlots("dual_use", PlotUse.SPORT, 0.6, "平急两用场馆", 0.4),
    _OnPlots("supermarket", PlotUse.MALL, 0.8, "超市", 0.12, operator="民营"),
    _OnPlots("public_toilet", PlotUse.PARK, 0.9, "公厕", 0.004),
    _OnPlots("public_toilet", PlotUse.MARKET, 0.8, "公厕", 0.004),
    _OnPlots("fire_station", PlotUse.UTILITY, 0.3, "消防救援站", 0.3),
    _OnPlots("small_fire_station", PlotUse.UTILITY, 0.5, "小型消防站", 0.08),
    _OnPlots("affordable_housing", PlotUse.WORK_UNIT, 0.3, "公租房", 0.3, 160),
)

_IN_SHOPS = (
    ("clinic", 0.55, "诊所", 60, 260, "民营"),
    ("pharmacy", 0.8, "药店", 50, 180, "民营"),
    ("convenience_store", 1.6, "便利店", 40, 160, "民营"),
    ("restaurant", 2.4, "餐馆", 60, 500, "民营"),
    ("bank", 0.25, "银行网点", 200, 600, "国有"),
    ("parcel_locker", 1.1, "快递驿站", np.nan, np.nan, "民营"),
    ("supermarket", 0.3, "生活超市", 300, 1_500, "民营"),
    ("community_canteen", 0.16, "社区食堂", 120, 400, "社区"),
)
"""Classes found in the shops along the street: mean number per estate, words, least and greatest area, operator."""

_PER_COMMUNITY = (
    ("community_service", 0.9, "党群服务中心", 300, 1_200),
    ("community_health", 0.5, "社区卫生服务站", 150, 1_400),
    ("public_service_billboard", 0.7, "公益宣传栏", np.nan, np.nan),
    ("post_office", 0.12, "邮政所", 80, 300),
    ("police", 0.2, "派出所", 600, 2_000),
    ("public_toilet", 0.8, "公共厕所", 40, 80),
    ("waste_station", 0.9, "垃圾收集点", np.nan, np.nan),
    ("charging_station", 0.4, "充电站", np.nan, np.nan),
)


def open_services(
    book: FacilityBook,
    rows: Rows,
    plots: Plots,
    uses: Uses,
    estates: Estates,
    names: Objects,
    territory: Territory,
    random: np.random.Generator,
) -> None:
    """Add everything that carries no planted problem."""
    x, y = (plots.x0 + plots.x1) / 2, (plots.y0 + plots.y1) / 2
    ground = (plots.x1 - plots.x0) * (plots.y1 - plots.y0)
    for item in _ON_PLOTS:
        there = np.flatnonzero(uses.use == item.use)
        chosen = there[random.random(len(there)) < item.share]
        if not len(chosen):
            chosen = there[:1] if len(there) else np.flatnonzero(uses.use == PlotUse.OFFICE)[:1]
        shift = random.uniform(-8, 8, (2, len(chosen)))
        book.add(
            item.kind,
            x[chosen] + shift[0],
            y[chosen] + shift[1],
            with_suffix(names[chosen], item.suffix),
            area=np.round(ground[chosen] * item.area),
            capacity=np.rint(item.capacity * random.uniform(0.6, 1.5, len(chosen))),
            operator=item.operator,
            compliant=random.random(len(chosen)) < 0.92,
        )
    _open_shops(book, rows, estates, random)
    _open_for_communities(book, rows, territory, random)


def _open_shops(book: FacilityBook, rows: Rows, estates: Estates, random: np.random.Generator) -> None:
    shop = np.flatnonzero((rows.use == 7) & np.isnan(rows.lane) & (estates.of_plot[rows.plot] >= 0))
    for kind, mean, suffix, low, high, operator in _IN_SHOPS:
        count = random.poisson(mean * len(estates)) + 1
        place = random.choice(shop, count)
        x = rows.x0[place] + (rows.x1 - rows.x0)[place] * random.random(count)
        area = np.round(random.uniform(low, high, count)) if np.isfinite(low) else np.nan
        book.add(
            kind,
            x,
            rows.middle_y[place],
            with_suffix(estates.name[estates.of_plot[rows.plot[place]]], suffix),
            area=area,
            operator=operator,
            compliant=None if kind == "parcel_locker" else random.random(count) < 0.95,
        )


def _open_for_communities(book: FacilityBook, rows: Rows, territory: Territory, random: np.random.Generator) -> None:
    community = territory.community_of(rows.middle_x, rows.middle_y)
    _, first = np.unique(community, return_index=True)
    for kind, share, suffix, low, high in _PER_COMMUNITY:
        chosen = first[random.random(len(first)) < share]
        chosen = chosen if len(chosen) else first[:1]
        area = np.round(random.uniform(low, high, len(chosen))) if np.isfinite(low) else np.nan
        capacity = random.integers(4, 40, len(chosen)).astype(float) if kind == "charging_station" else np.nan
        shift = random.uniform(-6, 6, len(chosen))
        book.add(
            kind,
            rows.middle_x[chosen] + shift,
            rows.middle_y[chosen],
            with_suffix(territory.community_names[community[chosen]], suffix),
            area=area,
            capacity=capacity,
            operator="社区",
            compliant=random.random(len(chosen)) < 0.95,
        )


def open_for_streets(
    book: FacilityBook, plots: Plots, territory: Territory, in_scope: Booleans, random: np.random.Generator
) -> dict[str, Booleans]:
    """Give streets their sports ground and cultural centre, or leave them without.

    Parameters
    ----------
    in_scope
        Streets that surely count; the first of them lacks both, the last has both.

    Returns
    -------
    dict
        For each planted lack, which streets have it.
    """
    x, y = (plots.x0 + plots.x1) / 2, (plots.y0 + plots.y1) / 2
    street = territory.street[territory.community_of(x, y)]
    values, first = np.unique(street, return_index=True)
    least = planted_limits().of("cultural_centre")
    result = {}
    for kind, suffix in (("sports_ground", "多功能运动场"), ("cultural_centre", "文化活动中心")):
        lacking = random.random(len(values)) < 0.3
        counted = np.flatnonzero(in_scope[values])
        if len(counted):
            lacking[counted[0]], lacking[counted[-1]] = True, len(counted) == 1
        poor = lacking & (random.random(len(values)) < 0.6)
        there = ~lacking | poor
        at, sound = first[there], ~lacking[there]
        names = with_suffix(territory.street_names[values[there]], suffix)
        if kind == "sports_ground":
            book.add(
                kind,
                x[at],
                y[at] + 12,
                names,
                area=np.round(random.uniform(900, 6_000, len(at))),
                compliant=sound,
                operator="街道",
            )
        else:
            area = np.where(sound, random.uniform(1.2, 2.2, len(at)), random.uniform(0.2, 0.8, len(at))) * least
            book.add(kind, x[at] + 12, y[at], names, area=np.round(area), compliant=sound, operator="街道")
        flagged = np.ones(len(territory.streets), bool)
        flagged[values[~lacking]] = False
        result[f"street_without_{kind}"] = flagged
    return result


def open_fuel_stations(
    book: FacilityBook, rows: Rows, plots: Plots, use_missing: Booleans, count: int, random: np.random.Generator
) -> tuple[Integers, Integers]:
    """Place fuel stations at the ends of factories, some right before a home or a school.

    Returns
    -------
    tuple
        Positions among the fuel stations that are too near, and those surely far enough.
    """
    import shapely

    limits = planted_limits()
    limit = limits.of("fuel_station")
    sensitive = np.flatnonzero(np.isin(rows.use, [0, 2, 3]) | use_missing)
    sure = np.flatnonzero(np.isin(rows.use, [0, 2, 3]) & ~use_missing)
    near = random.choice(sure, max(2, count // 5), replace=False)
    x_near, y_near = rows.middle_x[near], rows.y0[near] - 4.0
    base = random.choice(len(plots), min(len(plots), count * 6), replace=False)
    x, y = plots.x0[base] + 5.0, plots.y0[base] + 1.0
    tree = shapely.STRtree(shapely.box(rows.x0[sensitive], rows.y0[sensitive], rows.x1[sensitive], rows.y1[sensitive]))
    hit, _ = tree.query(shapely.points(x, y), predicate="dwithin", distance=limits.margin.unserved * limit)
    far = np.setdiff1d(np.arange(len(x)), hit)[:count]
    all_x, all_y = np.concatenate([x_near, x[far]]), np.concatenate([y_near, y[far]])
    total = len(all_x)
    book.add(
        "fuel_station",
        all_x,
        all_y,
        np.array([f"第{n + 1}加油站" for n in range(total)], dtype=object),
        area=np.round(random.uniform(1_200, 3_500, total)),
        operator="石油公司",
        compliant=random.random(total) < 0.9,
    )
    return np.arange(len(near)), np.arange(len(near), total)


def plot_names(plots: Plots, territory: Territory) -> Objects:
    """Return a word to name facilities of each plot by: that of its community, without the rank."""
    community = territory.community_of((plots.x0 + plots.x1) / 2, (plots.y0 + plots.y1) / 2)
    names: Objects = np.array(
        [name.removesuffix("社区").removesuffix("村") for name in territory.community_names[community]], dtype=object
    )
    return names
