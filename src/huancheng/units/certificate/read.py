"""Reading a result folder: the certificate and its tables, or the whole plan as it can be edited on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from huancheng.evidence import InputFault
from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.units.certificate.document import FORMAT
from huancheng.units.certificate.drawing import Proof, Source, UnitDrawing
from huancheng.units.certificate.write import CERTIFICATE
from huancheng.units.problem.ground import Aside, Ground, Link, Pairs
from huancheng.units.problem.laying import QUANTITIES
from huancheng.units.problem.region import Term
from huancheng.units.solver import FloatArray, IntArray


@dataclass(frozen=True)
class DrawnUnits:
    """A result folder, each table read when it is first asked for.

    Parameters
    ----------
    folder
        Where it lies.
    certificate
        What `units.json` says.
    """

    folder: Path
    certificate: dict[str, Any]

    def table(self, name: str, /, words: Iterable[str], flags: Iterable[str] = ()) -> pd.DataFrame:
        """Return a table of the folder: the columns named hold words, or yes and no; all others numbers."""
        try:
            table = pd.read_csv(self.folder / name, dtype="string", keep_default_na=True)
        except FileNotFoundError:
            raise InputFault("the file is missing", file=f"{self.folder}/{name}", cure="draw the units anew") from None
        texts = set(words)
        for column in table.columns:
            if column in texts:
                table[column] = table[column].fillna("")
            elif column in set(flags):
                table[column] = (table[column] == "True").to_numpy(dtype=bool)
            else:
                table[column] = np.array([float(text) for text in table[column].fillna("nan")], dtype=np.float64)
        return table

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Return a layer of the folder's GeoPackage."""
        path = self.folder / "units.gpkg"
        if not path.is_file():
            raise InputFault("the file is missing", file=str(path), cure="draw the units anew")
        return pyogrio.read_dataframe(path, layer=name)

    @cached_property
    def assignment(self) -> pd.Series[str]:
        """Unit of each block, by id of the block; empty where it is in none."""
        table = self.table("assignment.csv", ("block", "unit"))
        return pd.Series(table["unit"].to_numpy(dtype=object), index=table["block"].to_numpy(dtype=object), name="unit")

    @cached_property
    def audit(self) -> pd.DataFrame:
        """`unit`, `constraint`, `title`, `value`, `low`, `high`, `measure`, `holds`, `force` and marks."""
        words = ("unit", "constraint", "title", "measure", "holds", "force", "basis", "certainty", "note")
        return self.table("audit.csv", words)

    @cached_property
    def borders(self) -> pd.DataFrame:
        """Every pair of neighbours: `a`, `b`, `unit_a`, `unit_b`, `length`, `along`, …, `reason`."""
        words = ("a", "b", "unit_a", "unit_b", "along", "separator", "code", "reason")
        return self.table("borders.csv", words, ("bridge", "joins"))

    @cached_property
    def units(self) -> gpd.GeoDataFrame:
        """Units with their figures and outlines."""
        return self.layer("units")

    @cached_property
    def blocks(self) -> gpd.GeoDataFrame:
        """Blocks with all columns, geometry and `unit`."""
        return self.layer("blocks")

    @cached_property
    def rules(self) -> UnitRules:
        """The profile the plan was drawn by, with its numbers."""
        return UnitRules.model_validate_json(json.dumps(self.certificate["profile"]))

    @cached_property
    def drawing(self) -> UnitDrawing:
        """The whole plan, as it can be edited and written again."""
        return _drawing(self)


def read_units(folder: Path) -> DrawnUnits:
    """Open a result folder.

    Raises
    ------
    InputFault
        If it holds no certificate of this format.
    """
    path = folder / CERTIFICATE
    try:
        document = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        cure = "name the folder `huancheng units draw` wrote"
        raise InputFault("no units.json here", file=str(folder), cure=cure) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputFault(f"this is no certificate: {error}", file=str(path), cure="draw the units anew") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputFault("this is no certificate of this format", file=str(path), cure="draw the units anew")
    return DrawnUnits(folder, document)


def _drawing(found: DrawnUnits) -> UnitDrawing:
    document = found.certificate
    table = found.table("blocks.csv", ("id", "lock", *_zone_columns(found)))
    ids = tuple(str(name) for name in table["id"])
    number = {name: position for position, name in enumerate(ids)}
    unit, names = number_units([str(name) for name in found.assignment.reindex(list(ids))])
    ground = Ground(
        ids, table[["x", "y"]].to_numpy(dtype=np.float64),
        {name: _floats(table, name) for name in QUANTITIES},
        tuple(name.removeprefix("profile:") for name in table.columns if name.startswith("profile:")),
        table[[name for name in table.columns if name.startswith("profile:")]].to_numpy(dtype=np.float64),
        {
            name.removeprefix("zone:"): table[name].to_numpy(dtype=object)
            for name in table.columns if name.startswith("zone:")
        },
        _links(found, number),
        {
            facility: (_floats(table, f"residents:{facility}"), _floats(table, f"beyond:{facility}"))
            for facility in (name.removeprefix("residents:") for name in table.columns if name.startswith("residents:"))
        },
        table["lock"].to_numpy(dtype=object), _pairs(found.borders, number),
    )  # fmt: skip
    blocks = found.blocks.drop(columns="unit")
    return UnitDrawing(
        document["title"], document["as_of"], document["method"], ground, found.rules,
        tuple(Term(part["term"], part["weight"], part["scale"]) for part in document["objective"]["parts"]),
        _floats(table, "weight"), unit, names, blocks, _proof(document),
        tuple(Aside(**{**item, "block": number[item["block"]]}) for item in document["aside"]),
        tuple(
            Link(item["rule"], item["name"], tuple(number[block] for block in item["blocks"]))
            for item in document["split_links"]
        ),
        tuple(Source(**item) for item in document["sources"]), tuple(document["edits"]),
    )  # fmt: skip


def _zone_columns(found: DrawnUnits) -> list[str]:
    with (found.folder / "blocks.csv").open(encoding="utf-8") as stream:
        return [name for name in stream.readline().strip().split(",") if name.startswith("zone:")]


def _floats(table: pd.DataFrame, name: str) -> FloatArray:
    return table[name].to_numpy(dtype=np.float64)


def number_units(homes: Sequence[str]) -> tuple[IntArray, tuple[str, ...]]:
    """Return the number of each block's unit, by smallest member, and the units' names; -1 where the name is empty."""
    names = tuple(dict.fromkeys(home for home in homes if home))
    place = {name: position for position, name in enumerate(names)}
    return np.array([place.get(home, -1) for home in homes], dtype=np.int64), names


def _links(found: DrawnUnits, number: dict[str, int]) -> tuple[Link, ...]:
    table = found.table("links.csv", ("rule", "name", "block"))
    return tuple(
        Link(str(rule), str(name), tuple(sorted(number[str(block)] for block in rows["block"])))
        for (rule, name), rows in table.groupby(["rule", "name"], sort=True)
    )


def _pairs(table: pd.DataFrame, number: dict[str, int]) -> Pairs:
    first, second = (np.array([number[str(name)] for name in table[end]], dtype=np.int64) for end in ("a", "b"))
    return Pairs(
        first, second, _floats(table, "length"), _floats(table, "free"), table["along"].to_numpy(dtype=object),
        table["separator"].to_numpy(dtype=object), table["bridge"].to_numpy(dtype=bool),
        table["joins"].to_numpy(dtype=bool),
    )  # fmt: skip


def _proof(document: dict[str, Any]) -> Proof:
    return Proof(
        document["status"], document["bound"], document["units_bound"], document["bound_of"], document["greedy"],
        tuple(document["work"]["stages"]), document["seed"], document["work"]["limit"],
        None if document["count"] is None else (document["count"][0], document["count"][1]),
        tuple(document["compared"]),
    )  # fmt: skip
