"""The packaged fonts, and how matplotlib learns of them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"
SUBSTITUTION = (
    "本PDF以思源黑体（Noto Sans SC）、思源宋体（Noto Serif SC）替代方正小标宋简体、仿宋_GB2312；正式行文以docx为准。"
)
"""What the PDF says of its fonts."""


def font_folder() -> Path:
    """Return the folder of the four packaged fonts."""
    return Path(str(resources.files("huancheng.report").joinpath("fonts")))


@cache
def register_with_matplotlib() -> str:
    """Tell matplotlib of the packaged fonts, once; return the family to name."""
    from matplotlib import font_manager

    for path in sorted(font_folder().glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    return SANS
