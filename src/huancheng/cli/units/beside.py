"""Options that name layers given beside a city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)


def options_beside(command: Command) -> Command:
    """Give a command the options `bridges`, `problems`, `price_zones` and `plan_units`."""
    for option, meaning in (
        ("--plan-units", "Polygons with `name`: units of the regulatory plan."),
        ("--price-zones", "Polygons with `name`: zones of the land price."),
        ("--problems", "Table of problems with `problem_type` and a place."),
        ("--bridges", "Declared links over water or rail, as lines."),
    ):
        command = click.option(option, type=_FILE, help=meaning)(command)
    return command
