"""Divisions and managed areas: from the pack's jurisdictions, and with outlines from a snapshot's layers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from huancheng.platform.bodies.models import Division, ManagedArea
from huancheng.platform.common import clock
from huancheng.policy.bodies import Jurisdiction
from huancheng.policy.book import PolicyBook

if TYPE_CHECKING:
    import geopandas as gpd

    from huancheng.city.snapshot import Snapshot

MANAGED = "managed_area"
LONGITUDE_LATITUDE = "EPSG:4490"
SNAPSHOT = "snapshot"
EXTENT_DAYS = ("effective_from", "effective_to")
GRID = 1e-7
"""Degrees to which outlines are kept: about a centimetre."""
LEVELS = ("city", "county", "street", "community")

T = TypeVar("T", Division, ManagedArea)


def territory_from_pack(book: PolicyBook, bodies: dict[str, int]) -> None:
    """Make a row for each jurisdiction: a division, or an area managed inside one or several.

    Parameters
    ----------
    book
        The law.
    bodies
        Ids of bodies by the pack's names: who manages an area is found among them.
    """
    source = book.pack.manifest.id
    divisions: dict[str, Division] = {}
    for item in book.jurisdictions:
        if item.managed_by != MANAGED:
            fresh = {"name": item.title, "level": item.kind.value, "jurisdiction": item.id, "source": source}
            divisions[item.title] = _newest(Division, item.id) or Division.objects.create(key=item.id, **fresh)
    for item in book.jurisdictions:
        if item.managed_by == MANAGED:
            area = _newest(ManagedArea, item.id) or ManagedArea.objects.create(
                key=item.id, name=item.title, jurisdiction=item.id, source=source, body_id=_manager(item, book, bodies)
            )
            area.inside.set([divisions[name] for name in item.inside if name in divisions])


def _manager(item: Jurisdiction, book: PolicyBook, bodies: dict[str, int]) -> int | None:
    found = book.body("local_government", item) if "local_government" in book.roles else None
    return bodies.get(found.name) if found else None


def territory_from_snapshot(snapshot: Snapshot, day: date | None = None) -> dict[str, int]:
    """Take outlines and lower divisions over from a snapshot; returns how many were new, changed and the same.

    A division whose name or outline is another than before gets a new version that begins on the day; the former
    one ends on the day before. Nothing is deleted.

    Parameters
    ----------
    snapshot
        The city.
    day
        First day of what is new; today where none is given.
    """
    first = day or clock.today()
    counts = {"new": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        known = dict(Division.objects.exclude(jurisdiction="").values_list("name", "key"))
        rows: dict[str, Division] = {}
        for row in _rows(snapshot, "divisions"):
            key = known.get(row["name"], row["id"])
            fresh: dict[str, Any] = {"parent": rows.get(row["parent_id"])}
            if key == row["id"]:
                fresh["level"] = row["level"]
            rows[row["id"]] = _version(key, row, fresh, first, counts)
        areas = dict(ManagedArea.objects.exclude(jurisdiction="").values_list("name", "key"))
        for row in _rows(snapshot, "managed_areas"):
            if row["name"] in areas:
                _extent(areas[row["name"]], row, counts)
    return counts


def _rows(snapshot: Snapshot, layer: str) -> list[dict[str, Any]]:
    """Return a layer's rows with outlines as WKB in longitude and latitude, those above first; nothing for no layer."""
    import shapely

    if not snapshot.has(layer):
        return []
    frame: gpd.GeoDataFrame = snapshot.layer(layer).to_crs(LONGITUDE_LATITUDE)
    outlines = shapely.to_wkb(shapely.set_precision(frame.geometry.to_numpy(), GRID))
    records = frame.drop(columns="geometry").astype(object).where(lambda cells: cells.notna(), "").to_dict("records")
    rows = [{**record, "geometry": outline} for record, outline in zip(records, outlines, strict=True)]
    return sorted(rows, key=lambda row: LEVELS.index(row["level"])) if layer == "divisions" else rows


def _version(key: str, row: dict[str, Any], fresh: dict[str, Any], first: date, counts: dict[str, int]) -> Division:
    """Keep a division as it is, fill its outline in, or begin a new version of it."""
    old = _newest(Division, key)
    if old is not None and old.name == row["name"] and old.geometry and bytes(old.geometry) == row["geometry"]:
        counts["same"] += 1
        return old
    told = {"name": row["name"], "geometry": row["geometry"], "code": row["code"], **fresh}
    if old is not None and (old.geometry is None or old.valid_from == first):
        counts["changed"] += 1
        Division.objects.filter(pk=old.pk).update(**told)
        return old
    counts["new" if old is None else "changed"] += 1
    if old is not None:
        told = {"level": old.level, "jurisdiction": old.jurisdiction, **told}
        Division.objects.filter(pk=old.pk).update(valid_until=first - timedelta(days=1))
    return Division.objects.create(key=key, valid_from=first, source=SNAPSHOT, **told)


def _extent(key: str, row: dict[str, Any], counts: dict[str, int]) -> None:
    """Keep one extent of a managed area; its own days tell it from others of the same area."""
    first, last = (date.fromisoformat(str(row[name])[:10]) if row[name] else None for name in EXTENT_DAYS)
    told = {"geometry": row["geometry"], "valid_from": first, "valid_until": last}
    versions = ManagedArea.objects.filter(key=key)
    kept = versions.filter(valid_from=first).first() or versions.filter(geometry__isnull=True).first()
    if kept is None:
        pattern = versions.order_by("-id")[0]
        made = ManagedArea.objects.create(
            key=key, name=row["name"], jurisdiction=pattern.jurisdiction, body=pattern.body, source=SNAPSHOT, **told
        )
        made.inside.set(pattern.inside.all())
        counts["new"] += 1
    elif kept.geometry and bytes(kept.geometry) == row["geometry"] and kept.valid_until == last:
        counts["same"] += 1
    else:
        versions.filter(pk=kept.pk).update(**told)
        counts["changed"] += 1


def _newest(model: type[T], key: str) -> T | None:
    return model.objects.filter(key=key).order_by("-id").first()
