"""Files of every kind that is taken in, made from scratch."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import docx
import pikepdf
from openpyxl import Workbook
from PIL import Image

from huancheng.city.fixed_archive import fixed_archive


def pdf(pages: int = 1) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    return saved(made)


def saved(made: pikepdf.Pdf, **options) -> bytes:
    out = io.BytesIO()
    made.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    made = docx.Document()
    for words in paragraphs or ("实施方案",):
        made.add_paragraph(words)
    out = io.BytesIO()
    made.save(out)
    return fixed_archive(out.getvalue())


def workbook(*rows: tuple, sheet: str = "表1") -> bytes:
    made = Workbook()
    made.active.title = sheet
    for row in rows or (("名称", "面积"), ("一号地块", 12.5)):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def slides() -> bytes:
    return zipped(
        {
            "[Content_Types].xml": types("/ppt/presentation.xml", "presentationml.presentation.main+xml"),
            "ppt/presentation.xml": "<p/>",
        }
    )


def types(part: str, kind: str) -> str:
    whole = f"application/vnd.openxmlformats-officedocument.{kind}"
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0"?><Types xmlns="{space}"><Override PartName="{part}" ContentType="{whole}"/></Types>'


def relations(kind: str, target: str, mode: str = "External") -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{inner}</Relationships>'


def zipped(members: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_members(data: bytes, members: dict[str, str | bytes]) -> bytes:
    """Return an archive with members added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        kept = {name: source.read(name) for name in source.namelist()}
    return zipped({**kept, **members})


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def shapefile() -> bytes:
    head = struct.pack(">i", 9994) + bytes(96)
    return zipped(
        {"层/地块.shp": head, "层/地块.shx": head, "层/地块.dbf": b"\x03" + bytes(40), "层/地块.prj": "GEOGCS"}
    )


def geopackage() -> bytes:
    head = bytearray(1024)
    head[:16] = b"SQLite format 3\0"
    head[16:18] = (1024).to_bytes(2, "big")
    head[68:72] = b"GPKG"
    return bytes(head)


def geojson() -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": []}).encode()


def ofd(**members: str) -> bytes:
    space = "http://www.ofdspec.org/2016"
    document = (
        f'<ofd:Document xmlns:ofd="{space}"><ofd:Pages><ofd:Page ID="1" BaseLoc="P/0.xml"/></ofd:Pages></ofd:Document>'
    )
    return zipped({"OFD.xml": f'<ofd:OFD xmlns:ofd="{space}"/>', "Doc_0/Document.xml": document, **members})


def compound(*streams: str, first: bytes = b"") -> bytes:
    """Return a compound file (version 3, no miniature streams) with streams and storages of these names.

    A name with a slash stands in a storage; every stream has 4,096 bytes, the first beginning with `first`.
    """
    entries = ["Root Entry", *dict.fromkeys(name.split("/")[0] for name in streams if "/" in name)]
    storages = entries[1:]
    tree: list[tuple[str, int, int, int]] = []
    flat = [*storages, *(name for name in streams if "/" not in name)]
    inner = {
        storage: [name.split("/")[1] for name in streams if name.startswith(f"{storage}/")] for storage in storages
    }
    names = [*flat, *(name for storage in storages for name in inner[storage])]
    place = {name: number for number, name in enumerate(names, start=1)}
    sector = 0
    none = 0xFFFFFFFF

    def chain(siblings: list[str]) -> dict[str, int]:
        return {
            name: place[siblings[number + 1]] if number + 1 < len(siblings) else none
            for number, name in enumerate(siblings)
        }

    following = {
        **chain(flat),
        **{name: after for storage in storages for name, after in chain(inner[storage]).items()},
    }
    directory = _entry("Root Entry", 5, none, none, place[flat[0]], 0xFFFFFFFE, 0)
    data = b""
    for name in names:
        if name in storages:
            directory += _entry(name, 1, none, following[name], place[inner[name][0]], 0, 0)
            continue
        directory += _entry(name, 2, none, following[name], none, sector, 4096)
        data += (first if sector == 0 else b"").ljust(4096, b"\0")
        sector += 8
    del tree
    directory += bytes(-len(directory) % 512)
    folders = len(directory) // 512
    table = []
    for start in range(0, sector, 8):
        table += [*range(start + 1, start + 8), 0xFFFFFFFE]
    table += [*range(sector + 1, sector + folders), 0xFFFFFFFE]
    sectors = (len(table) + 1 + 127) // 128
    table += [0xFFFFFFFD] * sectors
    fat_start = sector + folders
    table += [none] * (128 * sectors - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, sectors, sector, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    difat = [fat_start + number for number in range(sectors)]
    head += struct.pack("<109I", *(difat + [none] * (109 - len(difat))))
    return head + data + directory + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    return (
        words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1) + struct.pack("<III", left, right, child)
        + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)
    )  # fmt: skip
