"""What every entry of a pack carries with it, and the strict base of all pack models."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from huancheng.evidence import Basis, Certainty, Citation, InputFault


class PackModel(BaseModel):
    """Base of everything read from a pack: unknown keys are refused, values don't change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Entry(PackModel):
    """The envelope of one entry: what it is called, where it comes from, how sure we are, and when it is in force.

    Parameters
    ----------
    id
        Name, unique in its file's kind over a pack and its parents.
    source
        Document it comes from; empty means the pack's own document.
    clause
        Clause in that document's numbering.
    basis
        Whose words it is: the policy's own (`seed`), a law's, or our default.
    certainty
        How its content is known.
    effective_from, effective_to
        First and last day in force; empty means open.
    note
        What a reader must know.
    """

    id: str
    source: str = ""
    clause: str = ""
    basis: Basis
    certainty: Certainty
    effective_from: date | None = None
    effective_to: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            message = f"effective_to {self.effective_to} lies before effective_from {self.effective_from}"
            raise ValueError(message)
        return self

    @property
    def citation(self) -> Citation:
        """Pointer to the sentence that carries the entry."""
        return Citation(self.source, self.clause, self.basis, self.certainty)

    def in_force(self, day: date) -> bool:
        """Whether the entry applies on `day`."""
        after_start = self.effective_from is None or self.effective_from <= day
        before_end = self.effective_to is None or day <= self.effective_to
        return after_start and before_end

    def demand_in_force(self, day: date, title: str) -> None:
        """Refuse to apply the entry on a day on which it is not in force.

        Parameters
        ----------
        day
            Day of the law.
        title
            Name of the entry readers know.

        Raises
        ------
        InputFault
            If the day lies outside the entry's term.
        """
        if not self.in_force(day):
            term = f"{self.effective_from or '…'} to {self.effective_to or '…'}"
            raise InputFault(f"{title} is not in force on {day}", field="as of", cure=f"ask for a day of {term}")
