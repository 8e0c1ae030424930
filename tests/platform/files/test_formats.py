"""Every format of the list is told from its content and taken in."""

from __future__ import annotations

import io

import pytest

from huancheng.platform.files.domain.examining import examine
from huancheng.platform.files.domain.refusing import FLAG_WORDS, WORDS, Flag, Reason
from huancheng.platform.files.formats import accepted, formats
from tests.platform.files import samples

GOOD = [
    ("批复.pdf", samples.pdf(3), "pdf"),
    ("方案.docx", samples.word(), "docx"),
    ("清单.xlsx", samples.workbook(), "xlsx"),
    ("汇报.pptx", samples.slides(), "pptx"),
    ("旧方案.doc", samples.compound("WordDocument", "1Table"), "doc"),
    ("旧方案.wps", samples.compound("WordDocument"), "doc"),
    ("旧清单.xls", samples.compound("Workbook", first=b"\x09\x08\x10\0" + bytes(16) + b"\xe1\0"), "xls"),
    ("旧汇报.ppt", samples.compound("PowerPoint Document"), "ppt"),
    ("批复.ofd", samples.ofd(), "ofd"),
    ("现状.png", samples.picture(), "png"),
    ("现状.JPG", samples.picture("JPEG"), "jpeg"),
    ("扫描.tif", samples.picture("TIFF"), "tiff"),
    ("地块.zip", samples.shapefile(), "shapefile"),
    ("地块.gpkg", samples.geopackage(), "gpkg"),
    ("总图.dxf", b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "dxf"),
    ("总图.dxf", b"AutoCAD Binary DXF\r\n\x1a\0\0\1", "dxf"),
    ("总图.dwg", b"AC1032" + bytes(100), "dwg"),
    ("地块.geojson", samples.geojson(), "geojson"),
    ("名单.csv", "名称,面积\n一号,12\n".encode("gb18030"), "csv"),
    ("说明.txt", "﻿说明".encode(), "txt"),
    ("说明.txt", "说明".encode("utf-16"), "txt"),
]


@pytest.mark.parametrize(("name", "data", "wanted"), GOOD, ids=[f"{name}-{wanted}" for name, _, wanted in GOOD])
def test_a_format_is_told_from_the_content(name, data, wanted):
    assert examine(io.BytesIO(data), name).outcome.format == wanted


def test_every_format_of_the_list_has_a_sample_here():
    assert {wanted for _, _, wanted in GOOD} == set(formats())


def test_the_pages_of_a_pdf_an_ofd_and_a_scan_are_counted():
    frames = samples.picture("TIFF", save_all=True, append_images=[])
    assert examine(io.BytesIO(samples.pdf(7)), "a.pdf").outcome.pages == 7
    assert examine(io.BytesIO(samples.ofd()), "a.ofd").outcome.pages == 1
    assert examine(io.BytesIO(frames), "a.tiff").outcome.pages == 1


def test_every_reason_and_flag_has_words():
    assert set(WORDS) == set(Reason)
    assert set(FLAG_WORDS) == set(Flag)


def test_the_file_field_names_every_extension():
    assert ".ofd" in accepted().split(",")
