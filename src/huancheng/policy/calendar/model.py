"""Editions of the working-day calendar: published, or provisional until the notice comes out."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import model_validator

from huancheng.policy.pack import Entry


class CalendarEdition(Entry):
    """One year's days off and made-up working days, as known at a time.

    Parameters
    ----------
    year
        The year.
    published
        Whether the official notice is out; otherwise the edition is provisional.
    known_from
        First day on which this edition was known.
    days_off
        Days off in the year, weekends left out or not.
    working_weekends
        Saturdays and Sundays worked to make up.
    """

    year: int
    published: bool
    known_from: date
    days_off: tuple[date, ...]
    working_weekends: tuple[date, ...]

    @model_validator(mode="after")
    def _days_fit(self) -> Self:
        for day in (*self.days_off, *self.working_weekends):
            if day.year != self.year:
                raise ValueError(f"{day} does not lie in {self.year}")
        for day in self.working_weekends:
            if day.weekday() < _SATURDAY:
                raise ValueError(f"{day} is no weekend day, so it can't be made up")
            if day in self.days_off:
                raise ValueError(f"{day} is both off and worked")
        return self


_SATURDAY = 5
