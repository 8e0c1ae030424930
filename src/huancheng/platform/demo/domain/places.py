"""Where the subjects of the demonstration lie: outlines from a snapshot of 示例市, else a plausible square."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models import Subject
from huancheng.policy.book import PolicyBook

CGCS2000 = 4490
"""EPSG code of CGCS2000 longitude and latitude."""

HALF_A_SIDE = 0.002
"""Degrees, about 200 m: half the side of a square that stands for a place without outline."""

WORDS = {
    "unit": "更新单元",
    "project": "片区改造项目",
    "building": "号楼",
    "household": "户",
    "jurisdiction": "",
    "city": "",
}


@dataclass
class Places:
    """Gives out places by jurisdiction.

    Parameters
    ----------
    book
        The law, for the names of jurisdictions.
    outlines
        Outline of each jurisdiction by its official name.
    blocks
        Outlines to draw from, by jurisdiction.
    """

    book: PolicyBook
    outlines: dict[str, Any] = field(default_factory=dict)
    blocks: dict[str, list[Any]] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)

    def subject(self, kind: str, jurisdiction: str, entity: Body | None) -> Subject:
        """Make the next subject of a kind in a jurisdiction; the city and a jurisdiction itself are made once."""
        title = self.book.jurisdictions[jurisdiction].title
        number = self.given[f"{kind} {jurisdiction}"] = self.given.get(f"{kind} {jurisdiction}", 0) + 1
        once = kind in {"city", "jurisdiction"}
        key = f"{jurisdiction}-{kind}" if once else f"{jurisdiction}-{kind}-{number:03d}"
        name = title if once else f"{title}{number:02d}{WORDS[kind]}"
        bindings = {"implementing_entity": entity.pk, "applicant": entity.pk} if entity else {}
        shape = self.outlines.get(title) if once else self._outline(jurisdiction, title, number)
        west, south, east, north = shape.bounds if shape is not None else (None, None, None, None)
        subject, _ = Subject.objects.get_or_create(
            kind=kind, key=key,
            defaults={
                "title": name, "jurisdiction": jurisdiction, "bindings": bindings,
                "geometry": shapely.to_wkb(shape) if shape is not None else None,
                "west": west, "south": south, "east": east, "north": north,
            },
        )  # fmt: skip
        return subject

    def _outline(self, jurisdiction: str, title: str, number: int) -> Any:
        blocks = self.blocks.get(jurisdiction, [])
        if blocks:
            return blocks[(number * 7) % len(blocks)]
        outline = self.outlines.get(title)
        if outline is None:
            return None
        centre = outline.representative_point()
        step = HALF_A_SIDE * 3
        x, y = centre.x + (number % 5) * step, centre.y + (number // 5 % 5) * step
        return shapely.box(x - HALF_A_SIDE, y - HALF_A_SIDE, x + HALF_A_SIDE, y + HALF_A_SIDE)


def places_of(book: PolicyBook, snapshot: Path | None) -> Places:
    """Return the places of a city; without a snapshot subjects have no outline."""
    places = Places(book)
    if snapshot is None:
        return places
    city = Snapshot(snapshot)
    for layer in ("divisions", "managed_areas"):
        if city.has(layer):
            frame = city.layer(layer, ["name"]).to_crs(CGCS2000)
            places.outlines |= dict(zip(frame["name"], frame.geometry, strict=True))
    if city.has("blocks"):
        _share_out(places, city.layer("blocks", []).to_crs(CGCS2000).geometry.tolist())
    return places


def _share_out(places: Places, blocks: list[Any]) -> None:
    """Give each jurisdiction the blocks in it; a zone's blocks are not also its district's."""
    centres = shapely.point_on_surface(blocks)
    zones_first = sorted(places.book.jurisdictions, key=lambda item: item.kind.value != "zone")
    free = set(range(len(blocks)))
    for jurisdiction in zones_first:
        outline = places.outlines.get(jurisdiction.title)
        if outline is None:
            continue
        inside = [number for number in sorted(free) if shapely.contains(outline, centres[number])]
        free -= set(inside)
        places.blocks[jurisdiction.id] = [blocks[number] for number in inside]
