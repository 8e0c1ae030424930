"""A small workshop: a folder, a plain city of 1 km2 near 聊城, and a way to build it from a few lines of mapping."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from huancheng.city.build import build_city
from huancheng.city.snapshot import Outcome, Snapshot
from huancheng.evidence import InputFault

HEAD = """
[city]
name = "plain"
title = "平原市"
as_of = 2024-06-30
extent = [115.98, 36.45, 115.99, 36.46]
"""

BUILDINGS = """
[[source]]
id = "s"
file = "{file}"
{source}
[[layer]]
name = "buildings"
source = "s"
{layer}
[layer.columns]
{columns}
"""


@dataclass
class Workshop:
    folder: Path

    def path(self, name):
        return self.folder / name

    def write(self, name, text, encoding="utf-8"):
        self.path(name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return self.path(name)

    def mapping(self, text):
        return self.write("mapping.toml", textwrap.dedent(text))

    def build(self, text, out="out", **options):
        return build_city(self.mapping(text), self.folder / out, **options)

    def fails(self, text):
        with pytest.raises(InputFault) as caught:
            self.build(text)
        assert not self.path("out").exists()
        return caught.value

    def buildings(self, file, *, columns="", source="", layer=""):
        return HEAD + BUILDINGS.format(file=file, columns=columns, source=source, layer=layer)

    def squares(self, count, **columns):
        """Footprints of about 10 m in a row from west to east, in degrees."""
        shapes = [shapely.box(115.981 + 0.0005 * at, 36.455, 115.9811 + 0.0005 * at, 36.4551) for at in range(count)]
        return gpd.GeoDataFrame(columns or {"n": range(count)}, geometry=shapes, crs="EPSG:4326")

    def gpkg(self, name, frame):
        frame.to_file(self.path(name), driver="GPKG")
        return name

    def listed(self, snapshot: Snapshot, outcome=None, layer="buildings"):
        return [
            item
            for item in snapshot.repairs()
            if item.layer == layer and (outcome is None or item.outcome is Outcome(outcome))
        ]


@pytest.fixture
def workshop(tmp_path):
    return Workshop(tmp_path)
