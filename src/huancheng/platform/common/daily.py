"""What is done once a day: each app adds its functions when it is ready, the worker calls them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

DailyFunction = Callable[[date], object]
"""Takes the day; must do no harm when it is called twice for one."""

_FUNCTIONS: dict[str, DailyFunction] = {}


def register_daily(name: str, function: DailyFunction) -> None:
    """Have a function called once on every day; called from an app's `ready`.

    Parameters
    ----------
    name
        What is done, as `casework-reminders`; the register keeps when it was last done under this name.
    function
        Takes the day. If the program was down at the hour, it is called as soon as it runs again, once, for the day
        of the call: a function that has to make up for several days looks for itself what was left undone.
    """
    _FUNCTIONS[name] = function


def daily_functions() -> dict[str, DailyFunction]:
    """Return what is done every day, by name, in the order of registration."""
    return dict(_FUNCTIONS)
