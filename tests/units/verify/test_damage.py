"""A result folder damaged in many ways: each is noticed, by fingerprint and, fingerprints mended, by content."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from huancheng.evidence import InputFault
from huancheng.units.verify import verify_units

Damage = Callable[[Path], None]

NO_WORDS = dict.fromkeys(("case", "chinese", "english"), "")


def lines_of(file: str, change: Callable[[list[str]], list[str]]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / file
        path.write_text("\n".join(change(path.read_text("utf-8").splitlines())) + "\n", "utf-8")

    return damage


def cell(file: str, column: str, value: str, where: Callable[[dict[str, str]], bool] = lambda _: True) -> Damage:
    """Write a value into the first row that fits."""

    def change(lines: list[str]) -> list[str]:
        head = lines[0].split(",")
        for place, line in enumerate(lines[1:], start=1):
            cells = line.split(",")
            row = dict(zip(head, cells, strict=False))
            if where(row) and row[column] != value:
                cells[head.index(column)] = value
                return [*lines[:place], ",".join(cells), *lines[place + 1 :]]
        message = f"no row of {file} to damage"
        raise AssertionError(message)

    return lines_of(file, change)


def document(change: Callable[[dict], None]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "units.json"
        content = json.loads(path.read_text("utf-8"))
        change(content)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")

    return damage


def stated(key: str, value: object) -> Damage:
    return document(lambda content: content.__setitem__(key, value))


def part(place: int, key: str, factor: float) -> Damage:
    def change(content: dict) -> None:
        content["objective"]["parts"][place][key] *= factor

    return document(change)


def base(statement: str, *values: object) -> Damage:
    """Change the GeoPackage, its triggers out of the way."""

    def damage(folder: Path) -> None:
        with sqlite3.connect(folder / "units.gpkg") as file:
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                file.execute(f'DROP TRIGGER "{name}"')
            file.execute(statement, values)
        file.close()

    return damage


def other_shape(folder: Path) -> None:
    """Shrink a block in the GeoPackage to a hundred square metres."""
    with sqlite3.connect(folder / "units.gpkg") as file:
        (blob,) = file.execute("SELECT geom FROM blocks WHERE id = 'R0C0'").fetchone()
    header, body = blob[: len(blob) - len(_body(blob))], _body(blob)
    corner = shapely.get_coordinates(shapely.from_wkb(body)).min(axis=0)
    smaller = shapely.to_wkb(shapely.MultiPolygon([shapely.box(*corner, *(corner + 10))]), byte_order=1)
    base("UPDATE blocks SET geom = ? WHERE id = 'R0C0'", header + smaller)(folder)


def _body(blob: bytes) -> bytes:
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    return blob[8 + envelope :]


def mend_fingerprints(folder: Path) -> None:
    path = folder / "units.json"
    content = json.loads(path.read_text("utf-8"))
    content["files"] = {
        item.name: hashlib.sha256(item.read_bytes()).hexdigest()
        for item in sorted(folder.iterdir()) if item.name != "units.json"
    }  # fmt: skip
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def swap_homes(lines: list[str]) -> list[str]:
    """Give the first block the unit of the last one."""
    block, _ = lines[1].split(",")
    return [lines[0], f"{block},{lines[-1].split(',')[1]}", *lines[2:]]


DAMAGES: dict[str, tuple[str, Damage]] = {
    "a block in another unit": ("assignment", lines_of("assignment.csv", swap_homes)),
    "a block in no unit, not listed aside": ("assignment", cell("assignment.csv", "unit", "")),
    "a block twice": ("assignment", lines_of("assignment.csv", lambda lines: [*lines, lines[1]])),
    "a block missing": ("assignment", lines_of("assignment.csv", lambda lines: lines[:-1])),
    "figures of a block twice": ("assignment", lines_of("blocks.csv", lambda lines: [*lines, lines[1]])),
    "a border of a block that is not there": ("assignment", cell("borders.csv", "a", "R9C9")),
    "a border twice": ("assignment", lines_of("borders.csv", lambda lines: [*lines, lines[1]])),
    "a tie of a block that is not there": ("assignment", cell("links.csv", "block", "R9C9")),
    "a border without its reason": (
        "reasons", cell("borders.csv", "reason", "", lambda row: row["unit_a"] != row["unit_b"]),
    ),
    "a river joined without a bridge": (
        "ground", cell("borders.csv", "joins", "True", lambda row: row["separator"] == "river"),
    ),
    "a separator the profile does not know": ("ground", cell("borders.csv", "separator", "canal")),
    "a longer border": ("ground", cell("borders.csv", "length", "250.0", lambda row: row["length"] == "100.0")),
    "a border left out": ("ground", lines_of("borders.csv", lambda lines: [lines[0], *lines[2:]])),
    "more free border than border": (
        "ground", cell("borders.csv", "free", "101.0", lambda row: row["free"] == "100.0"),
    ),
    "a larger block": ("ground", cell("blocks.csv", "area", "11000.0")),
    "a block elsewhere": ("ground", cell("blocks.csv", "x", "500051.0")),
    "other people": ("audit", cell("blocks.csv", "beyond:kindergarten", "90.0")),
    "a title unknown": ("audit", cell("blocks.csv", "legal_area", "")),
    "a block of another district": ("audit", cell("blocks.csv", "zone:district", "西区")),
    "a tie across units": ("audit", cell("links.csv", "block", "R5C5", lambda row: row["name"] == "A1")),
    "a lock that is not kept": ("audit", cell("blocks.csv", "lock", "L1", lambda row: row["id"] == "R5C5")),
    "a figure of the audit": ("audit", cell("audit.csv", "value", "5.0", lambda row: row["constraint"] == "area")),
    "an answer of the audit": ("audit", cell("audit.csv", "holds", "no", lambda row: row["constraint"] == "area")),
    "a floor of the audit": ("audit", cell("audit.csv", "low", "1.0", lambda row: row["constraint"] == "area")),
    "a rule called the law": ("audit", cell("audit.csv", "basis", "law")),
    "a row of the audit left out": ("audit", lines_of("audit.csv", lambda lines: [lines[0], *lines[2:]])),
    "a row of the audit twice": ("audit", lines_of("audit.csv", lambda lines: [*lines, lines[1]])),
    "a kinder profile": (
        "audit", document(lambda content: content["profile"]["rules"][1].__setitem__("high", 99.0)),
    ),
    "another weight of a block": ("objective", cell("blocks.csv", "weight", "2.0")),
    "another problem profile": ("objective", cell("blocks.csv", "profile:停车", "9.0")),
    "a smaller term": ("objective", part(0, "value", 0.9)),
    "a smaller weighted term": ("objective", part(0, "weighted", 0.9)),
    "another coefficient": ("objective", part(1, "coefficient", 2.0)),
    "another weight of a term": ("objective", part(2, "weight", 0.5)),
    "a better objective": ("objective", document(lambda content: content["objective"].__setitem__("value", 0.001))),
    "another objective": ("objective", document(lambda content: content["objective"].__setitem__("kind", "max-p"))),
    "a bound above the plan": ("bound", stated("bound", 1e9)),
    "a gap that does not follow": (
        "bound", document(lambda content: content.update(bound=0.001, gap=0.5, status="feasible")),
    ),
    "a gap without a bound": (
        "bound", document(lambda content: content.update(bound=None, gap=0.0, status="feasible")),
    ),
    "optimal without a proof": ("bound", document(lambda content: content.update(bound=0.001, status="optimal"))),
    "fewer units at most than there are": ("bound", stated("units_bound", 1)),
    "no seed": ("bound", stated("seed", None)),
    "a plain rule that does better": (
        "bound", stated("greedy", {"units": 5, "objective": 1e-9, "feasible": True}),
    ),
    "more units than there are": ("counts", stated("units", 99)),
    "blocks that are not there": ("counts", document(lambda content: content["blocks"].__setitem__("total", 1))),
    "breaches not counted": ("counts", document(lambda content: content["audit"]["shown"].__setitem__("no", 0))),
    "a plan that does not hold": ("counts", document(lambda content: content["audit"].__setitem__("holds", False))),
    "a block aside that is in a unit": (
        "assignment",
        document(lambda content: content["aside"].append({"block": "R0C0", **NO_WORDS})),
    ),
    "a unit's block in another on the map": ("layers", base("UPDATE blocks SET unit = 'U99' WHERE id = 'R0C0'")),
    "a block missing on the map": ("layers", base("DELETE FROM blocks WHERE id = 'R0C0'")),
    "a unit missing on the map": ("layers", base("DELETE FROM units WHERE unit = 'U01'")),
    "a unit's area on the map": ("layers", base("UPDATE units SET area = 1 WHERE unit = 'U01'")),
    "another shape of a block": ("ground", other_shape),
    "a map that is none": ("layers", lambda folder: (folder / "units.gpkg").write_bytes(b"no map")),
    "a table that is none": ("files", lambda folder: (folder / "audit.csv").write_bytes(b"\xff\xfe\x00")),
    "a column left out": (
        "files", lines_of("audit.csv", lambda lines: [lines[0].replace("holds", "held"), *lines[1:]]),
    ),
    "a ragged row": ("files", lines_of("audit.csv", lambda lines: [*lines, "a,b"])),
    "a certificate without a profile": ("files", document(lambda content: content.pop("profile"))),
    "a certificate without counts": ("files", document(lambda content: content.pop("blocks"))),
}  # fmt: skip


def test_the_folder_as_it_was_written_is_sound(little_folder):
    verdict = verify_units(little_folder)
    assert (verdict.faults, verdict.breaches, verdict.sound) == ((), (), True)
    assert verdict.checked["blocks"] == 36
    assert json.dumps(verdict.as_dict())


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damage_is_noticed_by_what_it_says(kind, little_folder, tmp_path):
    check, damage = DAMAGES[kind]
    folder = shutil.copytree(little_folder, tmp_path / "damaged")
    damage(folder)
    if "profile" in json.loads((folder / "units.json").read_text("utf-8")):
        mend_fingerprints(folder)
    found = {fault.check for fault in verify_units(folder).faults}
    assert check in found
    assert "hashes" not in found


@pytest.mark.parametrize(
    "file", ["assignment.csv", "audit.csv", "blocks.csv", "borders.csv", "links.csv", "report.md", "units.gpkg"]
)
def test_every_file_is_held_by_its_fingerprint(file, little_folder, tmp_path):
    folder = shutil.copytree(little_folder, tmp_path / "damaged")
    (folder / file).write_bytes((folder / file).read_bytes() + b"\n")
    faults = verify_units(folder).faults
    assert ("hashes", file) in {(fault.check, fault.place) for fault in faults}
    assert str(faults[0]).startswith("hashes, ")


def test_a_file_gone_and_a_file_too_many_are_noticed(little_folder, tmp_path):
    folder = shutil.copytree(little_folder, tmp_path / "damaged")
    (folder / "report.md").rename(folder / "other.md")
    assert {(fault.check, fault.place) for fault in verify_units(folder).faults} == {
        ("hashes", "report.md"), ("hashes", "other.md"),
    }  # fmt: skip


def test_a_folder_without_a_certificate_is_refused(tmp_path):
    with pytest.raises(InputFault, match=r"no units\.json"):
        verify_units(tmp_path)
