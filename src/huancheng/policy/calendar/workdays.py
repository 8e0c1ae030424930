"""Counting working days, with the clock stopped while papers are corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from huancheng.evidence import InputFault
from huancheng.policy.calendar.model import CalendarEdition

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_FARTHEST = 40_000
"""Days walked at most; a deadline lies nearer."""

Pause = tuple[date, date | None]
"""Day the clock stopped and day it went on; None while it stands."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline.

    Parameters
    ----------
    day
        Last day in time.
    provisional
        Whether it counts days of a year whose calendar is not yet published.
    """

    day: date
    provisional: bool


class WorkingCalendar:
    """Working days by the editions adopted; a year without an edition counts plain weekdays, provisionally.

    Parameters
    ----------
    editions
        At most one edition per year.

    Raises
    ------
    ValueError
        If a year has two editions.
    """

    def __init__(self, editions: Iterable[CalendarEdition]) -> None:
        self._by_year: dict[int, CalendarEdition] = {}
        self._off: set[date] = set()
        self._worked: set[date] = set()
        for edition in editions:
            if edition.year in self._by_year:
                raise ValueError(f"the year {edition.year} has two calendar editions")
            self._by_year[edition.year] = edition
            self._off.update(edition.days_off)
            self._worked.update(edition.working_weekends)

    @property
    def editions(self) -> dict[int, str]:
        """Ids of the editions by year."""
        return {year: edition.id for year, edition in sorted(self._by_year.items())}

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day."""
        if day in self._off:
            return False
        return day.weekday() < _SATURDAY or day in self._worked

    def is_published(self, year: int) -> bool:
        """Whether the year's official calendar is out."""
        edition = self._by_year.get(year)
        return edition is not None and edition.published

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; 0 where `end` does not lie after `start`."""
        return sum(self.is_working_day(start + _ONE_DAY * step) for step in range(1, (end - start).days + 1))

    def due(self, start: date, days: int, *, working: bool = True, pauses: Sequence[Pause] = ()) -> Due | None:
        """Return the last day of a time allowed.

        Counting begins on the day after `start`. While the clock stands (the days after it stopped, up to and
        including the day it went on) no day counts.

        Parameters
        ----------
        start
            Day the step began.
        days
            Days allowed.
        working
            Whether working days count, or all days.
        pauses
            When the clock stood.

        Returns
        -------
        Due or None
            None while the clock stands and the time was not over before.

        Raises
        ------
        InputFault
            If the deadline would lie more than a century ahead.
        """
        day, left = start, days
        for _ in range(_FARTHEST):
            if left == 0:
                break
            day += _ONE_DAY
            state = _stands(day, pauses)
            if state is None:
                return None
            if not state and (not working or self.is_working_day(day)):
                left -= 1
        else:
            raise InputFault(
                f"{days} days after {start} lie further ahead than a deadline can", field="days", cure="mend the days"
            )
        years = range(start.year, day.year + 1)
        return Due(day, working and not all(self.is_published(year) for year in years))

    def elapsed(self, start: date, today: date, *, working: bool = True, pauses: Sequence[Pause] = ()) -> int:
        """Count the days used up after `start` up to and including `today`."""
        used = 0
        for step in range(1, (today - start).days + 1):
            day = start + _ONE_DAY * step
            used += _stands(day, pauses) is False and (not working or self.is_working_day(day))
        return used


def _stands(day: date, pauses: Sequence[Pause]) -> bool | None:
    """Whether the clock stands on a day; None where it stands and nobody knows until when."""
    for stopped, resumed in pauses:
        if stopped < day:
            if resumed is None:
                return None
            if day <= resumed:
                return True
    return False


def known_editions(editions: Iterable[CalendarEdition], day: date) -> list[CalendarEdition]:
    """Return, per year, the latest edition known on a day."""
    latest: dict[int, CalendarEdition] = {}
    for edition in sorted(editions, key=lambda item: (item.known_from, item.published)):
        if edition.known_from <= day:
            latest[edition.year] = edition
    return list(latest.values())
