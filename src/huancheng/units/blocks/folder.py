"""Blocks as files: a GeoPackage, GeoParquet, the borders as a table, and the account."""

from __future__ import annotations

import json
from pathlib import Path

from huancheng.evidence import InputFault
from huancheng.units.blocks.building import Blocks


def write_blocks(blocks: Blocks, directory: Path) -> None:
    """Write `blocks.parquet`, `blocks.gpkg` (layers blocks and borders), `borders.csv` and `report.json`.

    Raises
    ------
    InputFault
        If the folder holds files.
    """
    if directory.exists() and any(directory.iterdir()):
        raise InputFault("the folder holds files", file=str(directory), cure="name a new or an empty folder")
    directory.mkdir(parents=True, exist_ok=True)
    blocks.frame.to_parquet(directory / "blocks.parquet")
    # a GeoPackage takes no unsigned bytes
    codes = {name: "Int16" for name in blocks.frame.columns if name.endswith("__provenance")}
    blocks.frame.astype(codes).to_file(directory / "blocks.gpkg", layer="blocks", driver="GPKG")
    blocks.borders.to_file(directory / "blocks.gpkg", layer="borders", driver="GPKG")
    table = blocks.borders.drop(columns="geometry")
    table.assign(length=table["length"].round(3)).to_csv(directory / "borders.csv", index=False, lineterminator="\n")
    account = json.dumps(blocks.report.as_dict(), ensure_ascii=False, indent=1)
    (directory / "report.json").write_text(account + "\n", encoding="utf-8", newline="\n")
