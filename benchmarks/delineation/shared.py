"""Cases of the data sets that may lie beside the project: states of Mexico, Columbus, and blocks of real streets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.delineation.instances import Bars, Case, Table
from huancheng.units.blocks import BlockLayers, build_blocks

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

CLASSES = {
    "motorway": "expressway", "trunk": "expressway", "primary": "arterial", "secondary": "secondary",
    "tertiary": "branch", "unclassified": "branch", "residential": "residential",
}  # fmt: skip
CLASSES |= {f"{name}_link": street_class for name, street_class in CLASSES.items()}

YEARS = tuple(f"PCGDP{year}" for year in (1950, 1960, 1970, 1980, 1990, 2000))


def areas(path: Path, columns: tuple[str, ...]) -> Table:
    """Return polygons that share a piece of border as neighbours (rook)."""
    if not path.is_file():
        raise FileNotFoundError(path.name)
    frame = gpd.read_file(path)
    shapes = frame.geometry
    one, other = frame.sindex.query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    border = shapes.iloc[one].intersection(shapes.iloc[other], align=False).length.to_numpy()
    values = {name: frame[name].to_numpy(float) for name in columns}
    return Table({**values, "one": np.ones(len(frame))}, np.stack([one, other], 1)[border > 0])


def las_palmas() -> gpd.GeoDataFrame:
    """Return the streets of Las Palmas inside its municipality."""
    folder = DATA / "las-palmas-es"
    if not folder.is_dir():
        raise FileNotFoundError(folder.name)
    lines = pyogrio.read_dataframe(folder / "las_palmas_20230221.osm.pbf", layer="lines", columns=["highway"])
    boundary = gpd.read_file(folder / "boundary_ign_4326.geojson").to_crs(32628)
    return lines.to_crs(32628).clip(boundary).explode()


def xinwu() -> gpd.GeoDataFrame:
    """Return the streets of Xinwu."""
    path = DATA / "wuxi-xinwu-roads-cn" / "xinwu_road_centerlines.gpkg"
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return pyogrio.read_dataframe(path)


def blocks(lines: gpd.GeoDataFrame) -> Table:
    """Return the largest connected part of the blocks that streets enclose: hectares, logarithm of them, and shape."""
    lines = lines.loc[lines["highway"].isin(list(CLASSES))].reset_index(drop=True)
    streets = lines.assign(**{"id": [f"R{row}" for row in lines.index], "class": lines["highway"].map(CLASSES)})
    ground = shapely.union_all(shapely.get_parts(shapely.polygonize(shapely.get_parts(streets.union_all()))))
    made = build_blocks(BlockLayers(gpd.GeoDataFrame({"id": ["scope"]}, geometry=[ground], crs=lines.crs), streets))
    number = {name: row for row, name in enumerate(made.frame["id"])}
    touching = made.borders.loc[made.borders["length"] > 0]
    pairs = np.unique(np.stack([touching["a"].map(number), touching["b"].map(number)], 1).astype(np.int64), axis=0)
    pairs = np.unique(np.sort(pairs, 1), axis=0)
    size = len(made.frame)
    part = connected_components(coo_array((np.ones(len(pairs)), pairs.T), shape=(size, size)), directed=False)[1]
    kept = part == np.bincount(part).argmax()
    place = np.cumsum(kept) - 1
    shapes = made.frame.geometry.to_numpy()[kept]
    hectares = shapely.area(shapes) / 10_000
    shape = 4 * np.pi * shapely.area(shapes) / shapely.length(shapes) ** 2
    columns = {"ha": hectares, "size": np.log(hectares), "shape": shape}
    return Table(columns, place[pairs[kept[pairs].all(axis=1)]])


def found() -> Iterable[Case]:
    """Return the cases; their data may be missing."""
    states = DATA / "regionalization-benchmarks" / "mexico" / "mexicojoin.shp"
    for floor, units, least in ((3.0, 10, 1_079_667.0), (4.0, 8, 1_642_106.0)):
        yield Case(
            f"mexico-floor{floor:g}", "proofs", lambda: areas(states, YEARS), "one", floor,
            Bars(units=units, dissimilarity=least, gap=0.0, seconds=10.0), YEARS, peers=True,
        )  # fmt: skip
    quarters = DATA / "regionalization-benchmarks" / "columbus" / "columbus.shp"
    yield Case(
        "columbus", "proofs", lambda: areas(quarters, ("CRIME", "INC")), "INC", 60.0, Bars(units=11, seconds=10.0),
        ("CRIME",), seconds=9.0, peers=True,
    )  # fmt: skip
    for name, lines in (("las-palmas", las_palmas), ("xinwu", xinwu)):
        yield Case(
            f"{name}-blocks", "streets", lambda lines=lines: blocks(lines()), "ha", 20.0,
            Bars(below_peers=True, half_of_the_gap=True), ("size", "shape"), peers=True,
        )  # fmt: skip
