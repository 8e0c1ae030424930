"""What people decide about a special plan, read from YAML: nothing of it can be computed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from huancheng.evidence import InputFault
from huancheng.planning.plan_register.reading import read_yaml


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AlternativeInput(_Part):
    """One division into units: title, and the result folder of `units draw`, `import` or `edit`."""

    title: str = Field(min_length=1)
    folder: str = Field(min_length=1)


class GoalInput(_Part):
    """What the plan sets against one finding of the check-up."""

    indicator: str
    goal: str = Field(min_length=1)
    target: str = ""


class SpecialPlanInput(_Part):
    """The file.

    Parameters
    ----------
    title, jurisdiction, compiler, period
        Name of the plan, id or name of the jurisdiction (`central` for the central city), who compiles it, its term.
    overall_goal, strategies
        The overall goal and the strategy, in words.
    key_areas
        File of the key areas with `name` and `direction`; `#layer` after a GeoPackage's name.
    checkups
        Folders of the check-up runs it rests on.
    register
        Register of plans.
    alternatives, adopted
        Divisions into units, and the title of the one adopted; empty while none is.
    goals
        Goals set against findings.
    """

    title: str = Field(min_length=1)
    jurisdiction: str = Field(min_length=1)
    compiler: str = ""
    period: str = ""
    overall_goal: str = ""
    strategies: tuple[str, ...] = ()
    key_areas: str = ""
    checkups: tuple[str, ...] = ()
    register_file: str = Field(default="", alias="register")
    alternatives: tuple[AlternativeInput, ...] = ()
    adopted: str = ""
    goals: tuple[GoalInput, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadInput:
    """The input and the folder its paths are relative to."""

    words: SpecialPlanInput
    folder: Path
    file: str


def read_input(path: Path) -> ReadInput:
    """Read the file.

    Raises
    ------
    InputFault
        If it can't be read, a field doesn't fit, or what is adopted is no alternative.
    """
    try:
        words = SpecialPlanInput.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputFault(first["msg"], file=path.name, field=field, cure="mend the field") from error
    titles = [item.title for item in words.alternatives]
    if words.adopted and words.adopted not in titles:
        message = f"{words.adopted!r} is adopted and is no alternative"
        raise InputFault(message, file=path.name, field="adopted", cure=f"use one of {'、'.join(titles) or '（无）'}")
    return ReadInput(words, path.parent, path.name)


TEMPLATE = """\
# 城市更新专项规划：填写谁也算不出来的内容。路径相对于本文件。
title: {title}
jurisdiction: {jurisdiction}      # central 为中心城区，或辖区名称
compiler: ""
period: ""
overall_goal: ""
strategies: []
key_areas: ""                     # 重点区域图层，须有 name（名称）、direction（更新方向）
checkups: []                      # 体检结果文件夹
register: ""                      # 规划台账
alternatives: []                  # - {{title: 方案一, folder: units-a}}
adopted: ""
goals: []                         # - {{indicator: 2023-C-13, goal: 到2030年小区幼儿园步行可达, target: 90%}}
"""
"""The empty file, with a word on each line."""
