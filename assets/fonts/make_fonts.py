# ruff: noqa: INP001, T201 - a script that is run by hand, not part of the package
"""Makes the four packaged fonts from the npm packages of Noto Sans SC and Noto Serif SC (SIL Open Font License).

Run once when the fonts are to be renewed; the results are committed, because a machine without a network must be able
to set a document. Needs fontTools (a development tool, not a dependency) and npm:

    npm pack @expo-google-fonts/noto-sans-sc @expo-google-fonts/noto-serif-sc
    python assets/fonts/make_fonts.py --packages . --out src/huancheng/report/fonts
"""

from __future__ import annotations

import argparse
import io
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = {
    "NotoSansSC-Regular.ttf": ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "gbk"),
    "NotoSansSC-Bold.ttf": ("noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf", "gbk"),
    "NotoSerifSC-Regular.ttf": ("noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf", "gb2312"),
    "NotoSerifSC-Bold.ttf": ("noto-serif-sc", "700Bold/NotoSerifSC_700Bold.ttf", "gb2312"),
}
"""File: package, member, repertoire. A character rarer than GB 2312 falls back from serif to sans on a page; with all
of GBK in both, the four files would weigh 37 MB."""
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x250, 0x261), (0x2B0, 0x2DD), (0x370, 0x3FF), (0x400, 0x45F),
    (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x257F), (0x2580, 0x25FF), (0x2600, 0x266F),
    (0x3000, 0x303F), (0x3105, 0x312F), (0x3220, 0x32FE), (0x3380, 0x33DF), (0xFE30, 0xFE4F), (0xFF01, 0xFFEE),
)  # fmt: skip
"""Latin with pinyin tones, Greek, Cyrillic, punctuation, units, arrows, mathematics, box drawing, Chinese marks."""


def repertoire(charset: str) -> set[int]:
    """Return the code points kept: all of a Chinese character set (`gbk` or `gb2312`) and `RANGES`."""
    points = {point for first, last in RANGES for point in range(first, last + 1)}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode(charset)
            except UnicodeDecodeError:
                continue
            points.update(map(ord, text))
    return points


def shrink(data: bytes, charset: str) -> bytes:
    """Return the font with only the repertoire, without hints and with the features a horizontal page uses."""
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    options.recalc_timestamp = False
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=repertoire(charset))
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()


def main() -> None:
    """Read the packages, write four fonts and the licence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="folder with the two npm packages (.tgz)")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for file, (package, member, charset) in FACES.items():
        archive = next(arguments.packages.glob(f"*{package}*.tgz"))
        with tarfile.open(archive) as tar:
            stream = tar.extractfile(f"package/{member}")
            licence = tar.extractfile("package/LICENSE_FONT")
            if stream is None or licence is None:
                raise SystemExit(f"{archive} lacks {member} or its licence")
            data = shrink(stream.read(), charset)
            (arguments.out / f"OFL-{package}.txt").write_bytes(licence.read())
        (arguments.out / file).write_bytes(data)
        print(f"{file}: {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
