"""Life in the city: people, estates, facilities, and the truth about who has them and who does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.generate.amenities import FacilityBook
from huancheng.city.generate.arrays import Booleans, Integers
from huancheng.city.generate.care import judge, make_kindergartens, open_kindergartens, open_rooms, pick, taken_by
from huancheng.city.generate.columns import ids
from huancheng.city.generate.condition import (
    BuildingCondition,
    EstateCondition,
    inspect_buildings,
    inspect_estates,
    raise_towers,
)
from huancheng.city.generate.people import Estates, People, close_homes, form_estates, settle
from huancheng.city.generate.planting import points_inside
from huancheng.city.generate.randomness import Draws
from huancheng.city.generate.rows import Rows
from huancheng.city.generate.schools import place_schools
from huancheng.city.generate.services import open_for_streets, open_fuel_stations, open_services, plot_names
from huancheng.city.generate.serving import choose_sites, measure_homes
from huancheng.city.generate.site import Site
from huancheng.city.generate.truth import TruthBook

LACKING = {"kindergarten": 0.3, "nursery": 0.34, "elderly_care": 0.36}
"""Share of the city's estates in neighbourhoods left without a facility of the class."""


@dataclass(frozen=True)
class Life:
    """What lives on the site.

    Parameters
    ----------
    rows, people, estates, condition, estate_condition
        Buildings as they stand, residents, estates and their condition.
    facilities
        All facilities.
    fuel_near, fuel_far
        Fuel stations that are surely too near and surely far enough, as positions among the fuel stations.
    """

    rows: Rows
    people: People
    estates: Estates
    condition: BuildingCondition
    estate_condition: EstateCondition
    facilities: FacilityBook
    fuel_near: Integers
    fuel_far: Integers


def bring_to_life(site: Site, truth: TruthBook, draws: Draws) -> Life:
    """Settle people, open facilities, and write down what is planted among them."""
    plots, uses, layout = site.fabric.plots, site.uses, site.layout
    rows, people = raise_towers(site.rows, settle(site.rows, uses, draws.topic("people")), draws.topic("towers"))
    book = FacilityBook()
    rows, people, estates = _kindergartens(site, rows, people, book, truth, draws)
    estate_ids = ids("E", len(estates))
    homes = measure_homes(rows, people, estates, layout)
    taken = taken_by(len(rows), np.empty(0, np.int64))
    for kind in ("nursery", "elderly_care"):
        random = draws.topic(kind)
        sites = choose_sites(rows, people, estates, layout, homes, taken)
        given = pick(kind, estates, homes, sites, LACKING[kind], _remote(site, estates), random)
        open_rooms(book, kind, estates, given, sites, random)
        taken = taken | taken_by(len(rows), sites.building[given])
        truth.add(f"estate_without_{kind}", judge(kind, homes, sites, given, *book.places(kind)), estate_ids)
    estate_condition = inspect_estates(estates, draws.topic("estate condition"))
    names = plot_names(plots, site.territory)
    verdict = place_schools(
        book,
        rows,
        site.fabric.blocks,
        plots,
        uses,
        layout,
        estates,
        homes,
        ~estate_condition.population_missing,
        names,
        draws.topic("schools"),
    )
    truth.add("primary_school_gap", verdict, estate_ids)
    condition = inspect_buildings(rows, people, draws.topic("building condition"))
    open_services(book, rows, plots, uses, estates, names, site.territory, draws.topic("services"))
    site.lacking_streets.update(
        open_for_streets(
            book,
            plots,
            site.territory,
            points_inside(site.territory.streets, site.built_up)[0],
            draws.topic("street services"),
        )
    )
    near, far = open_fuel_stations(
        book, rows, plots, condition.use_missing, max(8, len(estates) // 45), draws.topic("fuel")
    )
    return Life(rows, people, estates, condition, estate_condition, book, near, far)


def _remote(site: Site, estates: Estates) -> Booleans:
    """Return the estates of the detached cluster's first lived-in column, which is left without care."""
    blocks = site.fabric.blocks
    column = blocks.column[site.fabric.plots.block[estates.plot]]
    in_cluster: Booleans = site.lattice.cluster[column]
    if not in_cluster.any():
        return in_cluster
    last: Booleans = column == column[in_cluster].max()
    return in_cluster & last


def _kindergartens(
    site: Site, rows: Rows, people: People, book: FacilityBook, truth: TruthBook, draws: Draws
) -> tuple[Rows, People, Estates]:
    """Turn one building of each served estate into a kindergarten; nobody lives there any more."""
    plots, uses, layout = site.fabric.plots, site.uses, site.layout
    random = draws.topic("kindergarten")
    first = form_estates(rows, people, plots, uses, layout, draws.topic("estates"))
    homes = measure_homes(rows, people, first, layout)
    sites = choose_sites(rows, people, first, layout, homes, taken_by(len(rows), np.empty(0, np.int64)))
    given = pick("kindergarten", first, homes, sites, LACKING["kindergarten"], _remote(site, first), random)
    buildings = sites.building[given]
    rows = make_kindergartens(rows, layout, buildings)
    people = close_homes(people, rows, taken_by(len(rows), buildings))
    estates = form_estates(rows, people, plots, uses, layout, draws.topic("estates"))
    homes = measure_homes(rows, people, estates, layout)
    open_kindergartens(book, rows, estates, given, sites, random)
    truth.add(
        "estate_without_kindergarten",
        judge("kindergarten", homes, sites, given, *book.places("kindergarten")),
        ids("E", len(estates)),
    )
    return rows, people, estates
