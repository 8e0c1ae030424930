"""Facts a rule may ask for: their official names, kinds and domains."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import model_validator

from huancheng.policy.pack import Entry, PackModel


class FactKind(StrEnum):
    """What a fact's value is."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    """Several of the domain at once."""
    TEXT = "text"
    ACT = "act"
    """A recorded act: what is not on record has not been done, so absence means no."""

    @property
    def is_number(self) -> bool:
        """Whether values are compared by size."""
        return self in (FactKind.INTEGER, FactKind.NUMBER)

    @property
    def is_truth(self) -> bool:
        """Whether values are yes or no."""
        return self in (FactKind.BOOLEAN, FactKind.ACT)


class Ratio(PackModel):
    """A sum of facts divided by a sum of facts; a leading minus subtracts. No denominator means one."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()


class Fact(Entry):
    """One thing a rule may ask about a case.

    Parameters
    ----------
    title
        Official name; accepted in fact files.
    aliases
        Other names accepted.
    kind
        What the value is.
    domain
        Values allowed, for choices.
    unit
        Unit of a number.
    minimum, maximum
        Limits of a number, included.
    ratio
        How the fact follows from other facts, exactly.
    when
        Condition under which a derived yes-or-no fact holds.
    may_not_apply
        Whether 不适用 may be stated, because what the fact is about need not exist in a case. Of any other fact it
        would be a way round every rule that refuses on it.
    """

    title: str
    aliases: tuple[str, ...] = ()
    kind: FactKind
    domain: tuple[str, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    ratio: Ratio | None = None
    when: dict[str, Any] | None = None
    may_not_apply: bool = False

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if (self.kind in (FactKind.CHOICE, FactKind.CHOICES)) != bool(self.domain):
            message = (
                f"the fact {self.id!r} of kind {self.kind.value} {'needs a' if not self.domain else 'takes no'} domain"
            )
            raise ValueError(message)
        if self.ratio and not self.kind.is_number:
            raise ValueError(f"the fact {self.id!r} has a ratio and must be a number")
        if self.when is not None and self.kind is not FactKind.BOOLEAN:
            raise ValueError(f"the fact {self.id!r} has a condition and must be a boolean")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """All names a fact file may use."""
        return (self.id, self.title, *self.aliases)

    @property
    def is_derived(self) -> bool:
        """Whether the fact follows from others."""
        return self.ratio is not None or self.when is not None

    @property
    def can_be_absent(self) -> bool:
        """Whether a case may have no such value: 不适用 may be stated, or it is a ratio that may be one to nothing."""
        return self.may_not_apply or (self.ratio is not None and bool(self.ratio.denominator))
