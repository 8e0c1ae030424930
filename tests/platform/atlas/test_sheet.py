"""The printed sheet: the picture from the page, whose data it is from the register."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pydantic import ValidationError

from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain.sheet import MOST_PIXELS, checked_picture, round_length, sheet_pdf, sheet_source
from huancheng.platform.atlas.queries.sheet import SheetFacts, SheetRequest

CLERK = ("临河县城市更新工作专班", "clerk")
FACTS = SheetFacts(
    attribution="测绘队", as_of="2025-12-31", approval="鲁S（2026）001号", crs="中央经线 117°E",
    printed_on=date(2026, 11, 22), printed_by="市专班办公室",
)  # fmt: skip


def png(size=(400, 300), mode="RGBA", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#336699").save(out, "PNG", **more)
    return out.getvalue()


def asked(**more) -> SheetRequest:
    usual = {
        "title": "小城", "legend": [{"words": "建筑", "colour": "#d8dcdf", "sign": "area"}], "metres_per_pixel": 10.0,
        "corners": [117.0, 36.0, 117.1, 36.1],
    }  # fmt: skip
    return SheetRequest.model_validate({**usual, **more})


def words_of(pdf: bytes, tmp_path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    file = tmp_path / "map.pdf"
    file.write_bytes(pdf)
    out = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return re.sub(r"\s+", "", out.stdout.decode())


@pytest.mark.parametrize("landscape", [True, False])
def test_a_sheet_is_one_page_with_title_legend_scale_source_and_approval(tmp_path, landscape):
    size = (400, 300) if landscape else (300, 400)
    legend = [{"words": sign, "sign": sign} for sign in ("area", "line", "dash", "dot", "words")]
    made = sheet_pdf(png(size), asked(landscape=landscape, legend=legend, bearing=30), FACTS)
    assert made.startswith(b"%PDF")
    told = words_of(made, tmp_path)
    for part in (
        "小城",
        "图例",
        "北",
        "500米",
        "数据来源：测绘队（2025-12-31）",
        "审图号：鲁S（2026）001号",
        "2026-11-22制",
    ):
        assert part in told, part
    assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page/") <= 1


def test_without_an_approval_number_the_field_is_empty_and_says_so(tmp_path):
    made = sheet_pdf(png(), asked(), FACTS.model_copy(update={"approval": ""}))
    assert "公开前须送审" in words_of(made, tmp_path)


def test_the_same_sheet_gives_the_same_bytes():
    assert sheet_pdf(png(), asked(), FACTS) == sheet_pdf(png(), asked(), FACTS)


def test_words_are_never_taken_for_markup(tmp_path):
    nasty = '#read("/etc/passwd") $x$ \\ " *'
    source = sheet_source(asked(title=nasty), FACTS, 400, 300)
    assert '\\"/etc/passwd\\"' in source
    assert "#read(" in words_of(sheet_pdf(png(), asked(title=nasty), FACTS), tmp_path)


@pytest.mark.parametrize(("metres", "length"), [(1, 1), (999, 500), (1000, 1000), (0.3, 0.2), (47_000, 20_000)])
def test_a_scale_bar_has_a_round_length(metres, length):
    assert round_length(metres) == pytest.approx(length)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n broken", b"<svg/>"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(InputFault, match="不是地图图像"):
        checked_picture(data)


def test_a_picture_too_large_is_refused(monkeypatch):
    with pytest.raises(InputFault, match="过大"):
        checked_picture(png((8000, MOST_PIXELS // 8000 + 1), mode="1"))
    monkeypatch.setattr("huancheng.platform.atlas.domain.sheet.LARGEST", 10)
    with pytest.raises(InputFault, match="过大"):
        checked_picture(png())


def test_nothing_but_pixels_is_left_of_a_picture():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("secret", "what came along")
    data, width, height = checked_picture(png(pnginfo=notes))
    assert b"what came along" not in data
    assert (width, height) == (400, 300)


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"metres_per_pixel": 0}, {"corners": [1, 2, 3]}, {"attribution": "别人"},
     {"legend": [{"words": "x", "colour": "red"}]}, {"legend": [{"words": "x", "sign": "bomb"}]}],
)  # fmt: skip
def test_a_request_that_says_more_or_less_than_it_may_is_refused(wrong):
    with pytest.raises(ValidationError):
        asked(**wrong)


@pytest.mark.django_db
class TestThePage:
    def post(self, client, snapshot, sheet=None, picture=None):
        data = {"sheet": json.dumps(sheet) if sheet is not None else asked().model_dump_json()}
        if picture is not None:
            data["picture"] = SimpleUploadedFile("map.png", picture, "image/png")
        return client.post(reverse("atlas:print", args=[snapshot.pk]), data)

    def test_hands_out_a_pdf_that_names_the_registers_source(self, client_as, snapshot, tmp_path):
        answer = self.post(client_as(*CLERK), snapshot, picture=png())
        assert answer["Content-Type"] == "application/pdf"
        told = words_of(answer.content, tmp_path)
        assert "数据来源：测绘队" in told
        assert CLERK[0] in told

    @pytest.mark.parametrize(("sheet", "picture"), [(None, None), (None, b"no picture"), ({"title": "x"}, png())])
    def test_says_in_words_what_is_wrong(self, client_as, snapshot, sheet, picture):
        answer = self.post(client_as(*CLERK), snapshot, sheet, picture)
        assert answer.status_code == 400
        assert answer.json()["error"]

    def test_of_a_snapshot_one_may_not_see_is_not_there(self, client_as, snapshot):
        snapshot.current = False
        snapshot.save()
        assert self.post(client_as(*CLERK), snapshot, picture=png()).status_code == 404
