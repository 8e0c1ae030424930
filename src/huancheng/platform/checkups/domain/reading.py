"""Reading a run folder whole, and refusing one that does not hang together."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huancheng.checkup.results.listing import ACTION_COLUMNS, PROBLEM_COLUMNS
from huancheng.checkup.results.store import CheckupRun
from huancheng.checkup.results.tables import VALUE_COLUMNS
from huancheng.evidence import InputFault, State

FILES = ("run.json", "values.json", "values.parquet", "features.parquet", "problems.parquet", "actions.parquet")
"""What a run folder holds; anything else in it is left behind."""
_CURE = "用 huancheng checkup run 重新生成后再载入"


@dataclass(frozen=True)
class ReadRun:
    """A run that hangs together.

    Parameters
    ----------
    run
        The opened folder.
    digest
        SHA-256 over its files.
    """

    run: CheckupRun
    digest: str


def read_run(folder: Path) -> ReadRun:
    """Read a run folder and check that its tables agree with each other and with what it says of itself.

    Raises
    ------
    InputFault
        If a file is missing or can't be read, a column is missing, a figure stands twice, a state and an amount
        contradict each other, a problem or action hangs in the air, or `values.json` tells other figures.
    """
    run = CheckupRun.open(folder)
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise InputFault(f"体检成果缺少文件：{'、'.join(missing)}", file=str(folder), cure=_CURE)
    try:
        _check_columns(run)
        _check_values(run)
        _check_headline(run)
        _check_lists(run)
    except (OSError, ValueError, KeyError) as fault:
        raise InputFault(f"体检成果读不出来：{fault}", file=str(folder), cure=_CURE) from fault
    return ReadRun(run, digest_of(folder))


def digest_of(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of a run's files."""
    whole = hashlib.sha256()
    for name in FILES:
        whole.update(f"{name} {hashlib.sha256((folder / name).read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _check_columns(run: CheckupRun) -> None:
    wanted = {"values": VALUE_COLUMNS, "problems": PROBLEM_COLUMNS, "actions": ACTION_COLUMNS}
    for name, columns in wanted.items():
        frame = getattr(run, name)
        if absent := [column for column in columns if column not in frame.columns]:
            raise _fault(run, f"{name} 缺少列 {'、'.join(absent)}")


def _check_values(run: CheckupRun) -> None:
    values = run.values
    if values.duplicated(["indicator", "scope_kind", "scope_id"]).any():
        message = "同一指标在同一范围有两个数值"
        raise ValueError(message)
    known = values["state"] == State.KNOWN.value
    unknown_states = set(values["state"]) - {state.value for state in State}
    if unknown_states or (known & values["amount"].isna()).any() or (~known & values["amount"].notna()).any():
        message = "数值与其状态不一致"
        raise ValueError(message)


def _check_headline(run: CheckupRun) -> None:
    told: list[dict[str, Any]] = json.loads((run.folder / "values.json").read_text("utf-8"))
    held = run.headline
    same = [item["indicator"] for item in told] == list(held["indicator"]) and all(
        _equal(item["amount"], amount) for item, amount in zip(told, held["amount"], strict=True)
    )
    if not same:
        raise _fault(run, "values.json 与 values.parquet 的数值不一致")


def _equal(told: float | None, held: float) -> bool:
    return math.isnan(held) if told is None else told == held


def _check_lists(run: CheckupRun) -> None:
    if set(run.problems["indicator"]) - set(run.headline["indicator"]):
        raise _fault(run, "问题清单提到了数值表里没有的指标")
    if set(run.actions["problem_id"]) - set(run.problems["id"]):
        raise _fault(run, "整治建议清单提到了问题清单里没有的问题")
    if run.problems.crs is None:
        raise _fault(run, "问题清单没有坐标系")


def _fault(run: CheckupRun, message: str) -> InputFault:
    return InputFault(message, file=str(run.folder), cure=_CURE)
