"""Words of a drawing (DXF) that names the wrong code page: Chinese read as western letters is read again.

Programs that export DXF often write `ANSI_1252` whatever they were given; the words then come as `ÍûÔÀÆ¬Çø`.
"""

from __future__ import annotations

import re

import pandas as pd

from huancheng.city.readers.encoding import sniff

NOTE = "the drawing names a western code page, but its words are Chinese ({encoding}); they were read as such"
_LAST_OF_A_BYTE = 0xFF
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TORN = re.compile(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]")
"""A small western letter beside one that is none: `Straße` read as GB 18030, not Chinese."""


def reread(frame: pd.DataFrame) -> tuple[pd.DataFrame, str | None]:
    """Return the attributes with words in their own encoding, and a note where they had to be read again.

    Words are read again only if every one of them can be the bytes of one encoding and Chinese comes out.
    """
    columns = [name for name in frame.columns if isinstance(frame[name].dtype, pd.StringDtype)]
    words = {word for name in columns for word in frame[name].dropna() if not word.isascii()}
    raw = {word: _bytes_of(word) for word in words}
    known = [data for data in raw.values() if data is not None]
    encoding = sniff(b"\n".join(known)) if known and len(known) == len(raw) else None
    if encoding is None:
        return frame, None
    said = {word: data.decode(encoding) for word, data in raw.items() if data is not None}
    if not any(_CHINESE.search(text) for text in said.values()) or any(_TORN.search(text) for text in said.values()):
        return frame, None
    mended = {name: frame[name].map(lambda word: said.get(word, word), na_action="ignore") for name in columns}
    mended = {name: column.astype(pd.StringDtype()) for name, column in mended.items()}
    return frame.assign(**mended), NOTE.format(encoding=encoding)


def _bytes_of(word: str) -> bytes | None:
    """Return the bytes that were read as western letters; None where a letter is none of those."""
    found = bytearray()
    for letter in word:
        try:
            found += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > _LAST_OF_A_BYTE:
                return None
            found.append(ord(letter))
    return bytes(found)
