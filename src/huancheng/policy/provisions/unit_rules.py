"""The rules by which renewal units are drawn: sizes, what separates, what belongs together, what is better.

The policy says relatively contiguous, and weighs roads, rivers and title lines; it gives no size. Every number here is
therefore a default a city replaces, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty, Citation
from huancheng.policy.pack import Entry, PackModel

Quantity = Literal["area", "population", "households", "floor_area"]
"""What a unit has so and so much of."""

LineKind = Literal["road", "rail", "river"]
"""What a border between blocks may run along."""

GroupKind = Literal["parcel", "owner", "estate", "historic_district"]
"""What blocks may belong to together."""

ZoneKind = Literal["district", "plan_unit"]
"""What no unit lies in two of."""

FACTORS = {"公顷": 10_000.0, "亩": 10_000.0 / 15, "平方米": 1.0, "万平方米": 10_000.0, "人": 1.0, "户": 1.0}
"""How many square metres, persons or households one of a unit of measure is."""

_MEASURES: Mapping[Quantity, frozenset[str]] = {
    "area": frozenset({"公顷", "亩", "平方米"}),
    "population": frozenset({"人"}),
    "households": frozenset({"户"}),
    "floor_area": frozenset({"平方米", "万平方米"}),
}


class FromParameter(PackModel):
    """A number the pack's parameters hold."""

    parameter: str


Amount = float | FromParameter
"""A number, or the parameter it is taken from."""


class RulePart(PackModel):
    """One rule with its marks.

    Parameters
    ----------
    id, title, english
        Names.
    force
        `firm`: no drawn unit breaks it; `shown`: every unit is tested and what falls short is stated, to be answered in
        the unit plan.
    basis, certainty, source, clause, cites
        Whose words it is, how it is known, and where it stands.
    note
        What a reader must know.
    """

    id: str
    title: str
    english: str
    force: Literal["firm", "shown"] = "firm"
    basis: Basis
    certainty: Certainty
    source: str = ""
    clause: str = ""
    cites: tuple[str, ...] = ()
    note: str = ""

    @property
    def citation(self) -> Citation:
        """Pointer to the sentence that carries the rule."""
        return Citation(self.source, self.clause, self.basis, self.certainty)


class ContiguityRule(RulePart):
    """A unit is one piece: neighbours share at least `least_border` metres of border."""

    kind: Literal["contiguity"]
    least_border: Amount


class RangeRule(RulePart):
    """A unit has at least `low` and at most `high` of a quantity."""

    kind: Literal["range"]
    quantity: Quantity
    measure: str
    low: Amount | None = None
    high: Amount | None = None

    @model_validator(mode="after")
    def _measure_fits(self) -> Self:
        if self.measure not in _MEASURES[self.quantity]:
            there = "、".join(sorted(_MEASURES[self.quantity]))
            raise ValueError(f"{self.quantity} is not measured in {self.measure}; use {there}")
        if self.low is None and self.high is None:
            raise ValueError("the range has neither a low nor a high end")
        return self

    @property
    def factor(self) -> float:
        """How many square metres, persons or households one of its measure is."""
        return FACTORS[self.measure]


class TitleRule(RulePart):
    """Ground with a clear title is at least this share of a unit's ground of known title."""

    kind: Literal["title_share"]
    low: Amount


class SeparatorRule(RulePart):
    """Blocks on the two sides of a line are no neighbours, save where a bridge joins them and `bridges` lets it."""

    kind: Literal["separator"]
    along: LineKind
    bridges: Literal["join", "part"]


class TogetherRule(RulePart):
    """What lies in several blocks keeps them in one unit.

    Parameters
    ----------
    by
        What it is.
    least_share, least_area
        A block counts as holding it from this share of it and this many square metres on; less is drawing error.
    """

    kind: Literal["together"]
    by: GroupKind
    least_share: Amount
    least_area: Amount


class ZoneRule(RulePart):
    """A unit lies in one zone only."""

    kind: Literal["zone"]
    by: ZoneKind


class LockRule(RulePart):
    """Locked blocks stay in the unit they are locked in, and no other joins it."""

    kind: Literal["lock"]


class CompletenessRule(RulePart):
    """At most this share of a unit's residents live beyond the walking limit of a class of facility."""

    kind: Literal["completeness"]
    facility: str
    high: Amount


class CountRule(RulePart):
    """How many units: a range, or the size they should have about.

    Parameters
    ----------
    low, high
        Fewest and most units.
    target
        Size of a unit in hectares that gives the number where no range is given.
    slack
        Share by which the number may differ from the one the target gives.
    """

    kind: Literal["count"]
    low: Amount | None = None
    high: Amount | None = None
    target: Amount | None = None
    slack: Amount = 0.0

    @model_validator(mode="after")
    def _range_or_target(self) -> Self:
        if (self.target is None) == (self.low is None or self.high is None):
            raise ValueError("give low and high, or a target size")
        return self


class RadiusRule(RulePart):
    """A block lies at most this many metres from its unit's median block."""

    kind: Literal["radius"]
    high: Amount


class AsideRule(RulePart):
    """What can't be drawn is left aside and listed, each as it stands, instead of being refused.

    Parameters
    ----------
    cases
        `block_over_ceiling`: what must stay together and alone exceeds a ceiling; `island_under_floor`: all that is
        connected is under a floor; `split_link`: what should stay together and is parted by a separator or a zone; it
        then binds on each side only.
    """

    kind: Literal["aside"]
    cases: tuple[Literal["block_over_ceiling", "island_under_floor", "split_link"], ...]


class TermRule(RulePart):
    """One term of what is better, with its weight.

    Parameters
    ----------
    term
        `compactness`: squared distance of every block to its unit's median block, weighted by `by`; `border`: length of
        border along neither road, river, railway nor parcel line; `dissimilarity`: differing problem profiles.
    weight
        Its weight, each term first brought to a scale of about one.
    by
        What weights a block in the first term.
    """

    kind: Literal["term"]
    term: Literal["compactness", "border", "dissimilarity"]
    weight: Amount
    by: Literal["area", "population"] = "area"


UnitRule = Annotated[
    ContiguityRule
    | RangeRule
    | TitleRule
    | SeparatorRule
    | TogetherRule
    | ZoneRule
    | LockRule
    | CompletenessRule
    | CountRule
    | RadiusRule
    | AsideRule
    | TermRule,
    Field(discriminator="kind"),
]
"""Any rule of a profile."""

R = TypeVar("R", bound=RulePart)


class UnitRules(Entry):
    """A profile: all rules one drawing of units follows.

    Parameters
    ----------
    title, english
        Names.
    objective
        `compact`: units of a number, compact; `max-p`: as many units as the floors allow.
    extends
        Profile it builds on: its own rules replace those of the same id or add to them.
    scope
        Layer whose ground is divided into units; empty: all blocks.
    cites
        Requirements it serves.
    rules
        The rules.
    """

    title: str
    english: str
    objective: Literal["compact", "max-p"]
    extends: str = ""
    scope: Literal["", "built_up_area", "development_boundary", "central_city"] = ""
    cites: tuple[str, ...] = ()
    rules: tuple[UnitRule, ...]

    @model_validator(mode="after")
    def _rules_fit_together(self) -> Self:
        if twice := [name for name, times in Counter(rule.id for rule in self.rules).items() if times > 1]:
            raise ValueError(f"two rules have the id {twice[0]!r}")
        if self.extends:
            return self
        kinds = Counter(rule.kind for rule in self.rules)
        if kinds["contiguity"] != 1:
            raise ValueError("a profile needs one rule of the kind contiguity")
        for kind in ("count", "radius", "aside", "lock", "title_share"):
            if kinds[kind] > 1:
                raise ValueError(f"a profile has at most one rule of the kind {kind}")
        if self.objective == "compact" and not (kinds["count"] and kinds["term"]):
            raise ValueError("the objective compact needs a rule of the kind count and one of the kind term at least")
        return self

    def joined_to(self, base: UnitRules) -> UnitRules:
        """Return the profile complete: the rules of its base, those of the same id replaced by its own, then the rest.

        Raises
        ------
        ValueError
            If the rules do not fit together.
        """
        if base.extends:
            raise ValueError(f"{self.id} builds on {base.id}, which builds on another profile itself")
        own = {rule.id: rule for rule in self.rules}
        rules = [own.pop(rule.id, rule) for rule in base.rules]
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return UnitRules(**{**values, "extends": "", "rules": (*rules, *own.values())})

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Return the rules of one kind, in the profile's order."""
        return tuple(rule for rule in self.rules if isinstance(rule, kind))

    def amounts(self) -> Iterator[tuple[RulePart, str, Amount]]:
        """Yield every number with its rule and key, parameters not looked up."""
        for rule in self.rules:
            for key in type(rule).model_fields:
                value = getattr(rule, key)
                if isinstance(value, FromParameter | float):
                    yield rule, key, value

    def with_numbers(self, parameters: Mapping[str, Any]) -> UnitRules:
        """Return the profile with the values of parameters where rules name them.

        Parameters
        ----------
        parameters
            Values of the pack's parameters by id.

        Raises
        ------
        KeyError
            If a rule names a parameter that is not there; the id is its argument.
        ValueError
            If a parameter holds no number, or the low end of a range lies above its high end.
        """
        rules = []
        for rule in self.rules:
            found: dict[str, float] = {}
            for key in type(rule).model_fields:
                value = getattr(rule, key)
                if isinstance(value, FromParameter):
                    found[key] = _number(value.parameter, parameters)
            filled = rule.model_copy(update=found)
            low, high = getattr(filled, "low", None), getattr(filled, "high", None)
            if low is not None and high is not None and low > high:
                raise ValueError(f"{rule.id}: the low end {low:g} lies above the high end {high:g}")
            rules.append(filled)
        return self.model_copy(update={"rules": tuple(rules)})


def _number(name: str, parameters: Mapping[str, Any]) -> float:
    value = parameters[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = f"the parameter {name!r} holds {value!r}, which is no number"
        raise ValueError(message)  # noqa: TRY004 - a fault of the pack's content, told like the others
    return float(value)


def plain(amount: Amount | None) -> float:
    """Return a number of a profile whose parameters were looked up.

    Raises
    ------
    TypeError
        If it still is the name of a parameter, or absent, which is a defect of ours.
    """
    if isinstance(amount, FromParameter) or amount is None:
        message = f"a number was wanted, not {amount!r}; read the profile through the book"
        raise TypeError(message)
    return float(amount)
