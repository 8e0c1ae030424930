"""The official layout (GB/T 9704) and the palette: measures that every writer shares."""

from __future__ import annotations

import math

from huancheng.report.document import Lamp

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37.0, 35.0, 28.0, 26.0
LINES_PER_PAGE, CHARACTERS_PER_LINE = 22, 28
LINE_PITCH_POINTS = 28.95
"""22 lines in the 225 mm that the margins leave."""

TITLE_POINTS = 22.0
"""二号."""
BODY_POINTS = 16.0
"""三号."""
FOOTER_POINTS = 14.0
"""四号."""
CAPTION_POINTS = 12.0
"""小四."""
TABLE_POINTS = 10.5
"""五号."""
SMALL_TABLE_POINTS = 9.0
"""小五."""

INK, PAPER, MIST, LINE = "#1d2733", "#ffffff", "#f5f7f8", "#dfe4e8"
TEAL, VERMILION, AMBER, GREEN = "#0f5b66", "#c8452d", "#b7791f", "#2f7d4f"
MUTED = "#5b6773"

LAMP_COLOURS = {Lamp.GOOD: GREEN, Lamp.WATCH: AMBER, Lamp.BAD: VERMILION, Lamp.NONE: INK}

TITLE_FACE = "方正小标宋简体"
BODY_FACE = "仿宋_GB2312"
FIRST_HEADING_FACE = "黑体"
SECOND_HEADING_FACE = "楷体_GB2312"
LATIN_FACE = "Times New Roman"


def text_width_mm(*, landscape: bool = False) -> float:
    """Width of the type area."""
    return (PAGE_HEIGHT_MM - TOP_MM - BOTTOM_MM) if landscape else (PAGE_WIDTH_MM - LEFT_MM - RIGHT_MM)


def character_tracking() -> float:
    """Points between characters (negative: closer) that put 28 of them on a line, rounded down to twentieths."""
    spare = text_width_mm() / 25.4 * 72 / CHARACTERS_PER_LINE - BODY_POINTS
    return math.floor(spare * 20) / 20
