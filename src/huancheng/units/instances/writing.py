"""Writing labels: one row per node, in the order of the nodes file."""

from __future__ import annotations

import csv
from pathlib import Path

from huancheng.units.instances.reading import Instance
from huancheng.units.solver import IntArray


def write_labels(path: Path, instance: Instance, unit: IntArray) -> None:
    """Write `id,unit`; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "unit"])
        writer.writerows(zip(instance.ids, unit.tolist(), strict=True))
