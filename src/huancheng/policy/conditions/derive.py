"""Facts that follow from other facts, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from huancheng.evidence import InputFault
from huancheng.policy.conditions.model import Condition
from huancheng.policy.facts import NOT_APPLICABLE, Facts, FactValue, exact

Terms = tuple[tuple[int, str], ...]
"""Signs and facts of a sum."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one fact follows from others: a ratio of sums, or a condition.

    Parameters
    ----------
    fact
        Id of the derived fact.
    title
        Its official name, for messages.
    numerator, denominator
        Terms of the sums; both empty for a condition; an empty denominator means one.
    condition
        Condition of a derived yes-or-no fact.
    minimum, maximum
        Limits of a sound value; beyond them the facts it follows from contradict each other.
    """

    fact: str
    title: str
    numerator: Terms = ()
    denominator: Terms = ()
    condition: Condition | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of the facts it follows from."""
        if self.condition is not None:
            return self.condition.facts
        return tuple(dict.fromkeys(name for _, name in (*self.numerator, *self.denominator)))

    def is_sound(self, value: FactValue, facts: Mapping[str, FactValue]) -> bool:
        """Whether a derived value lies within its limits; a share of nothing that is more than nothing does not."""
        if self.condition is not None:
            return True
        if value is NOT_APPLICABLE:
            return self.maximum is None or _sum(self.numerator, facts) in (0, None, NOT_APPLICABLE)
        number = cast("Fraction", value)
        return (self.minimum is None or number >= exact(self.minimum)) and (
            self.maximum is None or number <= exact(self.maximum)
        )

    def value(self, facts: Mapping[str, FactValue]) -> FactValue | None:
        """Return the derived value; None while something it needs is unknown."""
        if self.condition is not None:
            return self.condition.evaluate(facts)
        above = _sum(self.numerator, facts)
        below = _sum(self.denominator, facts) if self.denominator else 1
        if below == 0 or above is NOT_APPLICABLE or below is NOT_APPLICABLE:
            return NOT_APPLICABLE
        if above is None or below is None:
            return None
        return exact(Fraction(cast("Fraction", above)) / cast("Fraction", below))


def _sum(terms: Terms, facts: Mapping[str, FactValue]) -> FactValue | None:
    total: int | Fraction = 0
    for sign, name in terms:
        value = facts.get(name)
        if value is None or value is NOT_APPLICABLE:
            return value
        total += sign * cast("Fraction", value)
    return total


class Deriver:
    """Completes fact sheets by what follows from them.

    Parameters
    ----------
    derivations
        One per derived fact; they may build on each other but not in a circle.
    """

    def __init__(self, derivations: Iterable[Derivation]) -> None:
        self._by_fact = {derivation.fact: derivation for derivation in derivations}
        self._plans: dict[tuple[str, ...], tuple[Derivation, ...]] = {}

    def derivation(self, fact: str) -> Derivation | None:
        """Return how a fact follows from others, or None where it does not."""
        return self._by_fact.get(fact)

    def circle(self) -> tuple[str, ...]:
        """Return the facts of a circular derivation, or nothing."""
        for start in self._by_fact:
            seen = {start}
            waiting = list(self._by_fact[start].needs)
            while waiting:
                name = waiting.pop()
                if name == start:
                    return tuple(sorted(seen))
                if name in self._by_fact and name not in seen:
                    seen.add(name)
                    waiting.extend(self._by_fact[name].needs)
        return ()

    def plan(self, needed: tuple[str, ...]) -> tuple[Derivation, ...]:
        """Return the derivations for the needed facts, in an order in which each finds what it needs."""
        if needed not in self._plans:
            order: dict[str, Derivation] = {}
            for name in needed:
                self._collect(name, order)
            self._plans[needed] = tuple(order.values())
        return self._plans[needed]

    def _collect(self, name: str, order: dict[str, Derivation]) -> None:
        derivation = self._by_fact.get(name)
        if derivation is None or name in order:
            return
        for other in derivation.needs:
            self._collect(other, order)
        order[name] = derivation

    def complete(self, facts: Facts, needed: tuple[str, ...]) -> Facts:
        """Return the facts with the needed derived ones added.

        Raises
        ------
        InputFault
            If a derived fact is given as well and the two differ, or one lies beyond its limits.
        """
        plan = self.plan(needed)
        if not plan:
            return facts
        full = dict(facts)
        for derivation in plan:
            value = derivation.value(full)
            if value is None:
                continue
            if not derivation.is_sound(value, full):
                message = f"{derivation.title} follows as {value}, which can't be"
                raise InputFault(message, field=derivation.fact, cure=f"mend {', '.join(derivation.needs)}")
            given = full.setdefault(derivation.fact, value)
            if given != value:
                message = f"{derivation.title} is given as {given} but follows as {value} from other facts"
                raise InputFault(message, field=derivation.fact, cure="leave it out, or mend the facts it follows from")
        return full

    def base(self, fact: str, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
        """Return the unknown given facts behind an unknown fact: itself, or what it follows from."""
        derivation = self._by_fact.get(fact)
        if derivation is None:
            return (fact,)
        if derivation.condition is not None:
            needs = derivation.condition.unknown(facts)
        else:
            needs = tuple(name for name in derivation.needs if facts.get(name) is None)
        found: dict[str, None] = {}
        for name in needs:
            found.update(dict.fromkeys(self.base(name, facts)))
        return tuple(found)
