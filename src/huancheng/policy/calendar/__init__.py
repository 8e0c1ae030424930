"""The working-day calendar: dated editions and the counting of days."""

from huancheng.policy.calendar.model import CalendarEdition
from huancheng.policy.calendar.workdays import Due, Pause, WorkingCalendar, known_editions

__all__ = ["CalendarEdition", "Due", "Pause", "WorkingCalendar", "known_editions"]
