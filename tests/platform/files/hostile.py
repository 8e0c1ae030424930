"""Hostile files, made from scratch; each is refused for its reason."""

# ruff: noqa: E501 - a table reads across

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

from huancheng.platform.files.domain.checks.everywhere import TEST_VIRUS
from huancheng.platform.files.domain.refusing import Reason
from tests.platform.files import samples

WORD_RELATIONS = "word/_rels/settings.xml.rels"
NAME = pikepdf.Name
ENTRIES = pikepdf.Dictionary


def _pdf(change: Callable[[pikepdf.Pdf], None], **options) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    return samples.saved(made, **options)


def _set(made: pikepdf.Pdf, key: str, value) -> None:
    made.Root[key] = value


def _action(**entries) -> Callable[[pikepdf.Pdf], None]:
    return lambda made: _set(made, "/OpenAction", ENTRIES(**entries))


def _embedded(made: pikepdf.Pdf) -> None:
    made.attachments["木马.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def _form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = ENTRIES(XFA=pikepdf.String("x"), Fields=pikepdf.Array())


def _annotated(subtype: str) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].Annots = pikepdf.Array([ENTRIES(Type=NAME.Annot, Subtype=NAME(subtype))])

    return change


def locked_pdf(user: str = "secret") -> bytes:
    return _pdf(lambda _made: None, encryption=pikepdf.Encryption(user=user, owner="owner"))


def _word_field(instruction: str) -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instruction)
    return f'<w:document xmlns:w="{space}"><w:body><w:p>{runs}</w:p></w:body></w:document>'


def _sheet(formula: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}"><sheetData><row r="1"><c r="A1"><f>{formula}</f></c></row></sheetData></worksheet>'
    )


def _overlapping() -> bytes:
    """Return an archive of which two entries share their bytes."""
    data = bytearray(samples.zipped({"a.shp": b"A" * 1000, "b.shp": b"B" * 1000}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 42 : place + 46] = struct.pack("<I", 0)
    return bytes(data)


def _many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"{number}.shp", b"")
    return out.getvalue()


def _encrypted_zip() -> bytes:
    data = bytearray(samples.zipped({"a.shp": b"a"}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _linked_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.shp")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _huge_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def _entities(encoding: str) -> bytes:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    return text.encode(encoding)


ZIP_BOMB = samples.zipped({"a.shp": bytes(60 * 1024 * 1024)})
WORKBOOK_BOMB = samples.with_members(samples.workbook(), {"xl/media/a.xml": b" " * (80 * 1024 * 1024)})
WORKBOOK_IN_WORKBOOK_IN_WORKBOOK = samples.with_members(
    samples.workbook(),
    {
        "xl/embeddings/1.xlsx": samples.with_members(
            samples.workbook(), {"xl/embeddings/2.xlsx": samples.workbook()}
        )
    },
)  # fmt: skip
MACRO_TYPES = samples.types("/word/document.xml", "wordprocessingml.document.main+xml").replace(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
)
TWO_TYPES = samples.types("/a", "wordprocessingml.document.main+xml").replace(
    "</Types>", samples.types("/b", "spreadsheetml.sheet.main+xml").partition('content-types">')[2]
)
EXTERNAL = {"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink ddeService='cmd'/></externalLink>"}

HOSTILE: list[tuple[str, str, bytes, Reason]] = [
    ("nothing in it", "空.pdf", b"", Reason.EMPTY),
    ("EICAR as text", "说明.txt", TEST_VIRUS, Reason.TEST_VIRUS),
    ("EICAR behind a PDF's head", "批复.pdf", b"%PDF-1.7\n" + TEST_VIRUS, Reason.TEST_VIRUS),
    ("a Windows program", "批复.pdf", b"MZ\x90\0" + bytes(200), Reason.PROGRAM),
    ("a Linux program", "总图.dwg", b"\x7fELF" + bytes(200), Reason.PROGRAM),
    ("a shell script as text", "说明.txt", b"#!/bin/sh\nrm -rf /\n", Reason.PROGRAM),
    ("a page as text", "说明.txt", b"<!-- x --><html><script>alert(1)</script>", Reason.MARKUP),
    ("a page in UTF-16", "说明.txt", "﻿<html><script>".encode("utf-16-le"), Reason.MARKUP),
    ("an SVG drawing as PNG", "现状.png", b"<svg onload='alert(1)'/>", Reason.MARKUP),
    ("a page by its extension", "公告.html", b"<p>", Reason.EXTENSION),
    ("a script by its extension", "脚本.js", b"alert(1)", Reason.EXTENSION),
    ("an SVG by its extension", "图.svg", b"<svg/>", Reason.EXTENSION),
    ("a program hidden in the name", "批复.exe.pdf", samples.pdf(), Reason.DISGUISED),
    ("a program called a PDF by a mark that turns text round", "批复\u202efdp.exe", samples.pdf(), Reason.EXTENSION),
    ("a macro document by its extension", "方案.docm", samples.word(), Reason.EXTENSION),
    ("a macro document renamed", "方案.docx", samples.zipped({"[Content_Types].xml": MACRO_TYPES}), Reason.MACROS),
    ("a document with a macro project", "方案.docx", samples.with_members(samples.word(), {"word/vbaProject.bin": b"x"}), Reason.MACROS),
    ("a workbook with old macro sheets", "表.xlsx", samples.with_members(samples.workbook(), {"xl/macrosheets/sheet1.xml": "<x/>"}), Reason.MACROS),
    ("an old document with macros", "方案.doc", samples.compound("Macros/VBA", "WordDocument"), Reason.MACROS),
    ("an old workbook with macros", "表.xls", samples.compound("_VBA_PROJECT_CUR/PROJECT", "Workbook"), Reason.MACROS),
    ("a document from an outside template", "方案.docx", samples.with_members(samples.word(), {WORD_RELATIONS: samples.relations("attachedTemplate", "http://198.51.100.1/a.dotm")}), Reason.TEMPLATE),
    ("a document with an outside object", "方案.docx", samples.with_members(samples.word(), {WORD_RELATIONS: samples.relations("oleObject", "file://198.51.100.1/a")}), Reason.REMOTE_OBJECT),
    ("a document with a frame from outside", "方案.docx", samples.with_members(samples.word(), {WORD_RELATIONS: samples.relations("frame", "http://198.51.100.1/")}), Reason.REMOTE_OBJECT),
    ("a link that runs a script", "方案.docx", samples.with_members(samples.word(), {WORD_RELATIONS: samples.relations("hyperlink", "javascript:alert(1)")}), Reason.REMOTE_OBJECT),
    ("a document with a DDE field cut into runs", "方案.docx", samples.with_members(samples.word(), {"word/document.xml": _word_field(" DDEAUTO cmd ")}), Reason.EXCHANGE),
    ("a workbook with a DDE link", "表.xlsx", samples.with_members(samples.workbook(), EXTERNAL), Reason.EXCHANGE),
    ("a workbook with a DDE formula", "表.xlsx", samples.with_members(samples.workbook(), {"xl/worksheets/sheet1.xml": _sheet("cmd|'/c calc'!A0")}), Reason.EXCHANGE),
    ("a document with a control", "方案.docx", samples.with_members(samples.word(), {"word/activeX/activeX1.xml": "<x/>"}), Reason.PACKAGED),
    ("a document with a packaged program", "方案.docx", samples.with_members(samples.word(), {"word/embeddings/oleObject1.bin": samples.compound("\x01Ole10Native")}), Reason.PACKAGED),
    ("a document with a program inside", "方案.docx", samples.with_members(samples.word(), {"word/media/a.png": b"MZ\x90\0"}), Reason.PROGRAM),
    ("a document with entities", "方案.docx", samples.with_members(samples.word(), {"word/document.xml": _entities("utf-8")}), Reason.ENTITIES),
    ("a document with entities in UTF-16", "方案.docx", samples.with_members(samples.word(), {"word/document.xml": _entities("utf-16")}), Reason.ENTITIES),
    ("a type table with entities", "方案.docx", samples.with_members(samples.word(), {"[Content_Types].xml": _entities("utf-8")}), Reason.ENTITIES),
    ("a document that is a workbook too", "方案.docx", samples.with_members(samples.word(), {"[Content_Types].xml": TWO_TYPES}), Reason.MIXED),
    ("an office file of no known sort", "方案.docx", samples.zipped({"[Content_Types].xml": samples.types("/a", "unknown+xml")}), Reason.FORMAT),
    ("a document that says it has macros elsewhere", "方案.docx", samples.with_members(samples.word(), {WORD_RELATIONS: samples.relations("vbaProject", "a.bin", "Internal")}), Reason.MACROS),
    ("an archive embedded in a document", "方案.docx", samples.with_members(samples.word(), {"word/embeddings/1.bin": samples.shapefile()}), Reason.NESTED),
    ("an empty zip", "层.zip", samples.zipped({}), Reason.BROKEN),
    ("a document with broken XML", "方案.docx", samples.with_members(samples.word(), {"word/document.xml": "<w:document>"}), Reason.BROKEN),
    ("a locked document", "方案.docx", samples.compound("EncryptedPackage", "EncryptionInfo"), Reason.ENCRYPTED),
    ("a locked old document", "方案.doc", samples.compound("WordDocument", first=bytes(11) + b"\x01"), Reason.ENCRYPTED),
    ("a locked old workbook", "表.xls", samples.compound("Workbook", first=b"\x09\x08\x04\0\0\0\0\0\x2f\0"), Reason.ENCRYPTED),
    ("a workbook that unpacks to much more", "表.xlsx", WORKBOOK_BOMB, Reason.BOMB),
    ("workbooks within workbooks", "表.xlsx", WORKBOOK_IN_WORKBOOK_IN_WORKBOOK, Reason.NESTED),
    ("a zip that unpacks to much more", "层.zip", ZIP_BOMB, Reason.BOMB),
    ("a zip whose files share bytes", "层.zip", _overlapping(), Reason.BOMB),
    ("a zip of very many files", "层.zip", _many(), Reason.BOMB),
    ("a locked zip", "层.zip", _encrypted_zip(), Reason.ENCRYPTED),
    ("a zip that leads out of its folder", "层.zip", samples.zipped({"../../etc/a.shp": b"a"}), Reason.PATHS),
    ("a zip with a Windows path", "层.zip", samples.zipped({"C:\\a.shp": b"a"}), Reason.PATHS),
    ("a zip with a link", "层.zip", _linked_zip(), Reason.PATHS),
    ("a zip with one name twice", "层.zip", samples.zipped({"a.shp": b"a", "A.SHP": b"b"}), Reason.PATHS),
    ("a zip with a script beside the layer", "层.zip", samples.with_members(samples.shapefile(), {"读我.js": "x"}), Reason.ARCHIVE),
    ("a zip in a zip", "层.zip", samples.with_members(samples.shapefile(), {"b.zip": samples.shapefile()}), Reason.ARCHIVE),
    ("a layer without its table", "层.zip", samples.zipped({"a.shp": struct.pack(">i", 9994), "a.shx": struct.pack(">i", 9994)}), Reason.ARCHIVE),
    ("a zip cut short", "层.zip", samples.shapefile()[:-30], Reason.BROKEN),
    ("a zip with a broken checksum", "层.zip", samples.zipped({"a.shp": b"abcdef"}, method=zipfile.ZIP_STORED).replace(b"abcdef", b"abcdeg", 1), Reason.BROKEN),
    ("an OFD with a program", "批复.ofd", samples.ofd(**{"Doc_0/a.exe": "MZ"}), Reason.PROGRAM),
    ("an OFD with a page", "批复.ofd", samples.ofd(**{"Doc_0/a.html": "x"}), Reason.ENCLOSED),
    ("an OFD with an archive", "批复.ofd", samples.with_members(samples.ofd(), {"Doc_0/a": samples.shapefile()}), Reason.NESTED),
    ("an OFD whose table is none", "批复.ofd", samples.zipped({"OFD.xml": "<x/>"}), Reason.FORMAT),
    ("a PDF with a script", "批复.pdf", _pdf(_action(S=NAME.JavaScript, JS="app.alert(1)")), Reason.SCRIPT),
    ("a PDF with a script packed away", "批复.pdf", _pdf(_action(S=NAME.JavaScript, JS="app.alert(1)"), object_stream_mode=pikepdf.ObjectStreamMode.generate), Reason.SCRIPT),
    ("a PDF with a living form", "批复.pdf", _pdf(_form), Reason.SCRIPT),
    ("a PDF that starts a program", "批复.pdf", _pdf(_action(S=NAME.Launch, F="cmd.exe")), Reason.LAUNCH),
    ("a PDF that goes into an embedded file", "批复.pdf", _pdf(_action(S=NAME.GoToE)), Reason.LAUNCH),
    ("a PDF that sends its form", "批复.pdf", _pdf(_action(S=NAME.SubmitForm, F="http://198.51.100.1/")), Reason.SENDS),
    ("a PDF with a file inside", "批复.pdf", _pdf(_embedded), Reason.ENCLOSED),
    ("a PDF with a film", "批复.pdf", _pdf(_annotated("/RichMedia")), Reason.ENCLOSED),
    ("a locked PDF", "批复.pdf", locked_pdf(), Reason.ENCRYPTED),
    ("a PDF with a page before it", "批复.pdf", b"<html>" + samples.pdf(), Reason.MARKUP),
    ("a PDF with a page in its head", "批复.pdf", samples.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1), Reason.MIXED),
    ("a PDF with a zip behind it", "批复.pdf", samples.pdf() + samples.shapefile(), Reason.MIXED),
    ("a PDF with bytes behind its end", "批复.pdf", samples.pdf() + b"AAAA" * 50, Reason.MIXED),
    ("a PDF without an end", "批复.pdf", b"%PDF-1.4\n1 0 obj\n", Reason.BROKEN),
    ("a PDF of nonsense", "批复.pdf", b"%PDF-1.4\n" + b"x" * 300 + b"\n%%EOF", Reason.BROKEN),
    ("a picture that is an archive too (GIFAR)", "现状.jpg", samples.picture("JPEG") + samples.shapefile(), Reason.MIXED),
    ("a picture with bytes behind its end", "现状.png", samples.picture() + b"A" * 500, Reason.MIXED),
    ("a picture with a script in it", "现状.jpg", samples.picture("JPEG", comment=b"<script>alert(1)</script>"), Reason.MIXED),
    ("a picture of 3.6 thousand million dots", "现状.png", _huge_png(), Reason.PIXELS),
    ("a picture cut short", "现状.png", samples.picture()[:60], Reason.BROKEN),
    ("a JPEG without an end", "现状.jpg", samples.picture("JPEG")[:-2], Reason.BROKEN),
    ("a zip called a PDF", "批复.pdf", samples.word(), Reason.MISMATCH),
    ("a PDF called a document", "方案.docx", samples.pdf(), Reason.MISMATCH),
    ("another database called a GeoPackage", "层.gpkg", b"SQLite format 3\0" + bytes(1024), Reason.FORMAT),
    ("a GeoPackage cut short", "层.gpkg", samples.geopackage()[:-1], Reason.BROKEN),
    ("a drawing of no known version", "总图.dwg", b"AC10XX" + bytes(50), Reason.FORMAT),
    ("text with control characters", "说明.txt", b"a\0b\x1b[2J", Reason.UNREADABLE_TEXT),
    ("bytes called text", "说明.txt", b"\xff\x80\x81\xfe" * 50 + b"\xff", Reason.FORMAT),
    ("broken GeoJSON", "层.geojson", b'{"type": "FeatureCollection"', Reason.BROKEN),
    ("GeoJSON a hundred thousand levels deep", "层.geojson", b"[" * 100_000, Reason.BROKEN),
    ("JSON that is no layer", "层.json", b'{"type": "Secret"}', Reason.MISMATCH),
    ("a compound file of another program", "方案.doc", samples.compound("Contents"), Reason.FORMAT),
    ("a compound file cut short", "方案.doc", samples.compound("WordDocument")[:700], Reason.BROKEN),
]  # fmt: skip
