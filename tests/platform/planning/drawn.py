"""A small town's units in a result folder, and alternatives made of it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from huancheng.platform.audit.acting import Acting
from huancheng.platform.planning.domain.alternatives import take_alternative
from huancheng.platform.planning.models import Alternative, SpecialPlan
from huancheng.units.certificate import write_units
from tests.units.town import drawn_on, small_units, square_town


@cache
def town_folder(seed: int = 0) -> Path:
    """The units of six by six blocks of a hectare, about eight of them, with their certificate."""
    return write_units(drawn_on(square_town(), small_units(), seed=seed), Path(mkdtemp()) / "plan")


def fill(folder: Path, seed: int = 0) -> None:
    """Copy the town's folder."""
    for file in town_folder(seed).iterdir():
        shutil.copyfile(file, folder / file.name)


def an_alternative(plan: SpecialPlan, acting: Acting, title: str = "方案甲") -> Alternative:
    """Take the town's units in as an alternative of a plan."""
    return take_alternative(plan.pk, acting, title, fill)
