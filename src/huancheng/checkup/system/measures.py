"""How an indicator is computed: one typed set of parameters for each operator."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huancheng.checkup.system.conditions import Band, Condition, Selection
from huancheng.evidence import Certainty
from huancheng.policy import PackModel


class Measure(PackModel):
    """What all operators share.

    Parameters
    ----------
    certainty
        How the parameters (radii, thresholds, rates) are known.
    parameter_source
        Where they come from.
    approximation
        In Chinese, how far the computed figure falls short of the official definition; empty where it doesn't.
    city_sizes
        Size classes of city the indicator applies to; all where empty.
    """

    certainty: Certainty = Certainty.IMPLIED
    parameter_source: str = ""
    approximation: str = ""
    city_sizes: tuple[str, ...] = ()


class CountFlagged(Measure):
    """Number of features among a selection for which a condition holds."""

    operator: Literal["count_flagged"]
    of: Selection
    where: Condition


class RegisteredCount(Measure):
    """Number of entries of a register layer; a register that holds nothing at all is unknown, not zero."""

    operator: Literal["registered_count"]
    of: Selection
    where: Condition | None = None


class EventCount(Measure):
    """Number of unsettled problem points or events that name the indicator."""

    operator: Literal["event_count"]
    count_settled: bool = False


class CountUnserved(Measure):
    """Number of estates less than a share of whose residents reach a facility within a walking distance.

    Parameters
    ----------
    facilities
        What must be reached.
    distance
        Walking distance in metres.
    share
        Share of the residents that makes an estate served.
    """

    operator: Literal["count_unserved"]
    facilities: Selection
    distance: float = Field(gt=0)
    share: float = Field(gt=0, le=1)


class CountLacking(Measure):
    """Number of divisions of one level that hold no suitable feature.

    Parameters
    ----------
    level
        Level of the divisions.
    of
        Layer and selection a feature must belong to.
    suitable
        What makes such a feature suitable; any feature where absent.
    scope_rule
        Whether a division is looked at when its representative point lies in the scope, or when it overlaps it.
    """

    operator: Literal["count_lacking"]
    level: Literal["county", "street", "community"]
    of: Selection
    suitable: Condition | None = None
    scope_rule: Literal["representative_point", "overlap"] = "representative_point"


class ZonesHaving(Measure):
    """Share (%) of divisions of one level that hold at least one feature of each required group.

    Parameters
    ----------
    level
        Level of the divisions.
    groups
        For each requirement, the facility classes any of which fulfils it.
    """

    operator: Literal["zones_having"]
    level: Literal["county", "street", "community"]
    groups: tuple[tuple[str, ...], ...] = Field(min_length=1)


class CountNear(Measure):
    """Number of features with a feature of another selection within a distance (m)."""

    operator: Literal["count_near"]
    of: Selection
    near: Selection
    distance: float = Field(gt=0)


class ColumnSum(Measure):
    """Sum of a number column over the features of a selection."""

    operator: Literal["sum"]
    of: Selection
    column: str


class GapSum(Measure):
    """Sum over features of demand less supply, where positive.

    Parameters
    ----------
    of
        Features looked at.
    demand_column, demand_rate
        Demand is the column times the rate.
    round_up
        Whether each feature's demand is rounded up to a whole unit.
    supply_column
        What there is.
    """

    operator: Literal["gap_sum"]
    of: Selection
    demand_column: str
    demand_rate: float = Field(gt=0)
    round_up: bool = False
    supply_column: str


class PlacesGap(Measure):
    """School places wanted by the residents of estates beyond those of the schools within walking distance.

    The places of a school are shared by the estates within its reach in proportion to their demand.

    Parameters
    ----------
    facilities
        Schools.
    distance
        Walking distance in metres.
    places_per_thousand
        Places wanted per 1,000 residents.
    share
        Share of an estate's residents who must be within the distance for the school to be in reach.
    """

    operator: Literal["places_gap"]
    facilities: Selection
    distance: float = Field(gt=0)
    places_per_thousand: float = Field(gt=0)
    share: float = Field(gt=0, le=1)


class LengthSum(Measure):
    """Length (km) of the lines for which a condition holds."""

    operator: Literal["length_sum"]
    of: Selection
    where: Condition


class Supply(Selection):
    """Features that cover the ground around them.

    Parameters
    ----------
    radius
        Reach in metres.
    bands
        Reach by the size of the feature's ground, instead of one radius.
    service_area
        Area served in square metres, turned into the radius of a circle of that area.
    """

    radius: float | None = Field(default=None, gt=0)
    bands: tuple[Band, ...] = ()
    service_area: float | None = Field(default=None, gt=0)


class CoverageByArea(Measure):
    """Share (%) of residential or construction land that lies within reach of the supply."""

    operator: Literal["coverage_by_area"]
    supply: tuple[Supply, ...] = Field(min_length=1)
    demand: Literal["residential_land", "construction_land"]


class CoverageByPopulation(Measure):
    """Share (%) of residents who live within a straight-line distance (m) of the supply.

    Parameters
    ----------
    none_means
        State of the figure in a city that has no such feature at all.
    """

    operator: Literal["coverage_by_population"]
    supply: Selection
    distance: float = Field(gt=0)
    none_means: Literal["missing", "not_applicable"] = "missing"


class Part(Selection):
    """One layer's share in a ratio.

    Parameters
    ----------
    where
        What puts a feature of the selection into the numerator.
    """

    where: Condition


class Ratio(Measure):
    """Share (%) of the features of one or several selections for which a condition holds.

    Parameters
    ----------
    parts
        Selections whose counts are added up.
    weight
        What a feature weighs: one, its length, its area, or its residents.
    over
        Whole the weights are divided by: the selections themselves, or all residents of the scope.
    empty_means
        State of the figure in a city whose records hold no such feature.
    """

    operator: Literal["ratio"]
    parts: tuple[Part, ...] = Field(min_length=1)
    weight: Literal["count", "length", "area", "population"] = "count"
    over: Literal["selection", "residents"] = "selection"
    empty_means: Literal["missing", "not_applicable"] = "missing"


class AreaShare(Measure):
    """Share (%) of an area covered by polygons.

    Parameters
    ----------
    of
        Polygons that cover; overlaps count once.
    whole
        The scope of the check-up, the counties it lies in, or the whole selected layer.
    """

    operator: Literal["area_share"]
    of: Selection
    where: Condition | None = None
    whole: Literal["scope", "counties", "selection"] = "scope"


class PerCapita(Measure):
    """Sum of a column per resident, or per so many residents."""

    operator: Literal["per_capita"]
    of: Selection
    column: str
    persons: float = Field(default=1.0, gt=0)


class Density(Measure):
    """Number or length (km) of features per square kilometre of the scope."""

    operator: Literal["density"]
    of: Selection
    amount: Literal["count", "length"]


class AreaWhere(Measure):
    """Area (km²) of the blocks whose resident density lies above or below a bound (residents per km²).

    Blocks without residents are left out of `below`: they are not sparsely inhabited but not residential.
    """

    operator: Literal["area_where"]
    above: float | None = None
    below: float | None = None


class Mean(Measure):
    """Length-weighted mean of a street column, overall and by class."""

    operator: Literal["mean"]
    of: Selection
    column: str
    by: str = ""


class MaxArea(Measure):
    """Largest area (km²) among the parts of a layer; every part is listed."""

    operator: Literal["max_area"]
    of: Selection


class DenseLand(Measure):
    """Share (%) of the ground of estates whose building coverage, and height if asked, exceed a bound.

    Parameters
    ----------
    among
        Which estates.
    coverage_above
        Building coverage (0 to 1) beyond which ground is dense.
    mean_floors_above
        Mean floors (weighted by footprint) that must be exceeded too.
    """

    operator: Literal["dense_land"]
    among: Condition | None = None
    coverage_above: float = Field(gt=0, lt=1)
    mean_floors_above: float | None = None


class DenseSites(Measure):
    """Share (%) of facilities whose site is built over beyond a coverage.

    The site is the land-use polygon (or parcel) around the facility.
    """

    operator: Literal["dense_sites"]
    of: Selection
    coverage_above: float = Field(gt=0, lt=1)


AnyMeasure = Annotated[
    CountFlagged
    | RegisteredCount
    | EventCount
    | CountUnserved
    | CountLacking
    | ZonesHaving
    | CountNear
    | ColumnSum
    | GapSum
    | PlacesGap
    | LengthSum
    | CoverageByArea
    | CoverageByPopulation
    | Ratio
    | AreaShare
    | PerCapita
    | Density
    | AreaWhere
    | Mean
    | MaxArea
    | DenseLand
    | DenseSites,
    Field(discriminator="operator"),
]
