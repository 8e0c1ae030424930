"""Setting a map sheet as PDF: picture, title, legend, scale bar, north arrow, date, source, map-approval number."""

from __future__ import annotations

import io
import math
import tempfile
from datetime import UTC, datetime, time
from importlib import resources
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from huancheng.evidence import InputFault
from huancheng.platform.atlas.queries.sheet import LegendLine, SheetFacts, SheetRequest
from huancheng.report import layout
from huancheng.report.drawing.sheet import APPROVAL_EMPTY
from huancheng.report.typeface import SANS, font_folder

LARGEST = 24 * 1024 * 1024
MOST_PIXELS = 40_000_000
SCALE_BAR_SHARE = 0.2
"""Share of the picture's width that a scale bar may take."""


def checked_picture(data: bytes) -> tuple[bytes, int, int]:
    """Return the picture written anew, so that nothing but pixels is left of what came, with its width and height.

    Raises
    ------
    InputFault
        If it is no PNG or too large.
    """
    if len(data) > LARGEST:
        raise InputFault("地图图像过大", cure="缩小窗口后再打印")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise InputFault("地图图像过大", cure="缩小窗口后再打印")
            plain = Image.new("RGB", picture.size, layout.PAPER)
            whole = picture.convert("RGBA")
            plain.paste(whole, mask=whole.getchannel("A"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise InputFault("收到的不是地图图像", cure="刷新页面后再打印") from fault
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue(), width, height


def sheet_pdf(picture: bytes, request: SheetRequest, facts: SheetFacts) -> bytes:
    """Return a map sheet as PDF.

    Parameters
    ----------
    picture
        PNG of the map.
    request
        What the page says of it.
    facts
        What the register says.

    Raises
    ------
    InputFault
        If the picture can't be used.
    """
    import typst

    pixels, width, height = checked_picture(picture)
    source = sheet_source(request, facts, width, height)
    with tempfile.TemporaryDirectory(prefix="huancheng-sheet-") as folder:
        (Path(folder) / "map.png").write_bytes(pixels)
        main = Path(folder) / "main.typ"
        main.write_text(source, encoding="utf-8")
        made: bytes = typst.compile(
            str(main), root=folder, font_paths=[str(font_folder())], ignore_system_fonts=True, format="pdf",
            timestamp=datetime.combine(facts.printed_on, time(), UTC),
        )  # fmt: skip
    return made


def sheet_source(request: SheetRequest, facts: SheetFacts, width: int, height: int) -> str:
    """Return the sheet as typst markup; all words stand in string literals, so that none is taken for markup."""
    length = round_length(request.metres_per_pixel * width * SCALE_BAR_SHARE)
    preamble = resources.files("huancheng.platform.atlas").joinpath("sheet.typ").read_text("utf-8")
    lines = ", ".join(_line(line) for line in request.legend)
    west, south, east, north = request.corners
    values = {
        "title": _words(request.title),
        "subtitle": _words(request.subtitle),
        "legend-lines": f"({lines}{',' if lines else ''})",
        "bar-share": f"{length / (request.metres_per_pixel * width):.6f}",
        "bar-words": _words(f"{length / 1000:g} 公里" if length >= 1000 else f"{length:g} 米"),  # noqa: PLR2004 - metres below a kilometre
        "bearing": f"{request.bearing:.3f}deg",
        "picture-ratio": f"{height / width:.6f}",
        "lying": "true" if request.landscape else "false",
        "corners": _words(f"{west:.4f}°E–{east:.4f}°E，{south:.4f}°N–{north:.4f}°N"),
        "source": _words(f"数据来源：{facts.attribution or '城市快照'}（{facts.as_of}）"),
        "approval": _words(f"审图号：{facts.approval}" if facts.approval else APPROVAL_EMPTY),
        "frame": _words(f"2000国家大地坐标系；{facts.crs}"),
        "made": _words(f"{facts.printed_by}　{facts.printed_on.isoformat()} 制"),
        "sans": _words(SANS),
        "ink": f'rgb("{layout.INK}")',
        "rule": f'rgb("{layout.LINE}")',
        "muted": f'rgb("{layout.MUTED}")',
    }
    return "\n".join([*(f"#let {name} = {value}" for name, value in values.items()), preamble])


def round_length(metres: float) -> float:
    """Return the longest of 1, 2 or 5 times a power of ten that is no longer."""
    step = 10.0 ** math.floor(math.log10(metres))
    return max(factor * step for factor in (1, 2, 5) if factor * step <= metres * (1 + 1e-9))


def _line(line: LegendLine) -> str:
    return f'({_words(line.words)}, rgb("{line.colour}"), {_words(line.sign)})'


def _words(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n")
    return f'"{escaped}"'
