"""Reading a register of plans from YAML; every fault names file and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from huancheng.evidence import InputFault
from huancheng.planning.plan_register.model import BureauOpinion, PlanRecord, PlanRegister


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    plans: list[PlanRecord] = []
    opinions: list[BureauOpinion] = []


def read_register(path: Path) -> PlanRegister:
    """Read a register.

    Parameters
    ----------
    path
        YAML with `plans` and `opinions`.

    Raises
    ------
    InputFault
        If it can't be read, a field doesn't fit, an id stands twice, or an opinion names no plan of the register.
    """
    found = _validated(path)
    ids = [plan.id for plan in found.plans]
    for name in ids:
        if ids.count(name) > 1:
            raise InputFault(f"the plan {name!r} stands twice", file=path.name, field="plans.id", cure="keep one")
    for number, opinion in enumerate(found.opinions, start=1):
        if opinion.plan and opinion.plan not in ids:
            raise InputFault(
                f"the opinion is on the plan {opinion.plan!r}, which is not in the register",
                file=path.name, row=number, field="opinions.plan", cure=f"use one of {', '.join(ids)}, or leave it out",
            )  # fmt: skip
    return PlanRegister(tuple(found.plans), tuple(found.opinions))


def _validated(path: Path) -> _File:
    raw = read_yaml(path)
    try:
        return _File.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = [str(part) for part in first["loc"]]
        row = str(int(place[1]) + 1) if len(place) > 1 and place[1].isdigit() else ""
        field = ".".join(part for part in place if not part.isdigit())
        message = first["msg"].removeprefix("Value error, ")
        raise InputFault(message, file=path.name, row=row, field=field, cure="mend the field") from error


def read_yaml(path: Path) -> Any:
    """Return what a YAML file says.

    Raises
    ------
    InputFault
        If there is no such file or it is no YAML.
    """
    try:
        return yaml.safe_load(path.read_text("utf-8")) or {}
    except FileNotFoundError:
        raise InputFault("there is no such file", file=str(path), cure="check the path") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        row = "" if line is None else line + 1
        raise InputFault("the file does not read as YAML", file=path.name, row=row, cure="mend the line") from error
