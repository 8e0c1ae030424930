"""Writing a run as an immutable folder, and opening it."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from huancheng.evidence import InputFault

FORMAT = "huancheng-checkup"
VERSION = 1


@dataclass(frozen=True)
class RunTables:
    """The tables of a run on their way to disk.

    Parameters
    ----------
    figures, features, actions
        Tables with the columns named in `tables` and `listing`.
    problems
        Table with geometry.
    meta
        What `run.json` holds besides format and version.
    """

    figures: pd.DataFrame
    features: pd.DataFrame
    problems: gpd.GeoDataFrame
    actions: pd.DataFrame
    meta: dict[str, Any]


class CheckupRun:
    """A check-up that was run: one value store for every table, map and report.

    Parameters
    ----------
    folder
        Folder of the run.

    Raises
    ------
    InputFault
        If there is no run of this format and version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            meta = json.loads((folder / "run.json").read_text("utf-8"))
        except FileNotFoundError as error:
            message = "no run.json here, so this is no check-up run"
            raise InputFault(message, file=str(folder), cure="make one with `huancheng checkup run`") from error
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise InputFault(
                "run.json does not read as JSON", file=str(folder), cure="run the check-up anew"
            ) from error
        if not isinstance(meta, dict) or meta.get("format") != FORMAT or meta.get("version") != VERSION:
            message = f"run.json is not of format {FORMAT}, version {VERSION}"
            raise InputFault(message, file=str(folder), cure="run the check-up anew")
        self.meta: dict[str, Any] = meta

    @classmethod
    def open(cls, path: str | Path) -> CheckupRun:
        """Open a run folder."""
        return cls(Path(path))

    @cached_property
    def values(self) -> pd.DataFrame:
        """Every value: one row for each indicator and scope, the city's first."""
        return self._table("values")

    @cached_property
    def features(self) -> pd.DataFrame:
        """Every listed feature: what a count counted, what a share fell short of."""
        return self._table("features")

    @cached_property
    def actions(self) -> pd.DataFrame:
        """The action list."""
        return self._table("actions")

    @cached_property
    def problems(self) -> gpd.GeoDataFrame:
        """The problem list, with places."""
        return gpd.read_parquet(self.folder / "problems.parquet")

    @property
    def headline(self) -> pd.DataFrame:
        """The city's row of each indicator, in the system's order."""
        return self.values[self.values["scope_kind"] == "city"].reset_index(drop=True)

    def drill_down(self, indicator: str, kind: str) -> pd.DataFrame:
        """Return an indicator's rows for the zones of a kind; for `building`, the buildings listed.

        Parameters
        ----------
        indicator
            Id.
        kind
            city, county, managed_area, street, community, estate or building.
        """
        if kind == "building":
            chosen = (self.features["indicator"] == indicator) & (self.features["layer"] == "buildings")
            return self.features[chosen].reset_index(drop=True)
        chosen = (self.values["indicator"] == indicator) & (self.values["scope_kind"] == kind)
        return self.values[chosen].reset_index(drop=True)

    def _table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / f"{name}.parquet")


def write_run(folder: Path, tables: RunTables) -> CheckupRun:
    """Write a run; the folder appears whole or not at all, and is never overwritten.

    Parameters
    ----------
    folder
        New or empty folder.
    tables
        What to write. The same tables give the same bytes.

    Raises
    ------
    InputFault
        If the folder holds files.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "the folder already holds files; a run is never overwritten"
        raise InputFault(message, file=str(folder), cure="choose a new folder or delete this one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".checkup-", dir=folder.parent))
    try:
        for name, frame in (("values", tables.figures), ("features", tables.features), ("actions", tables.actions)):
            frame.to_parquet(staging / f"{name}.parquet", index=False, compression="zstd")
        tables.problems.to_parquet(
            staging / "problems.parquet",
            index=False,
            compression="zstd",
            schema_version="1.1.0",
            write_covering_bbox=False,
        )
        _write_json(staging / "values.json", _records(tables.figures[tables.figures["scope_kind"] == "city"]))
        _write_json(staging / "run.json", {"format": FORMAT, "version": VERSION, **tables.meta})
        if folder.exists():
            folder.rmdir()
        staging.chmod(0o755)
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return CheckupRun(folder)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain objects; an unknown number is null."""
    return [
        {str(name): (None if isinstance(value, float) and pd.isna(value) else value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def typed(frame: pd.DataFrame, numbers: frozenset[str]) -> pd.DataFrame:
    """Give columns their stored types: float64 for numbers, text for the rest."""
    types = {name: ("float64" if name in numbers else "string") for name in frame.columns}
    return frame.astype(types).reset_index(drop=True)
