"""Every string that pages show, taken out of templates and Python, and the English there is for each.

`python -m tests.platform.strings casework` prints what an app's catalogue lacks, ready to be pasted into it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.template.base import DebugLexer, TokenType
from django.utils.translation.template import templatize

PLATFORM = Path(__file__).resolve().parents[2] / "src" / "huancheng" / "platform"
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff，。；：？！、（）《》〔〕]")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
LITERAL = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?:_|gettext)\(u?{LITERAL}\)|\bngettext\(u?{LITERAL},\s*u?{LITERAL}")
TRANSLATED = {"translate", "trans", "blocktranslate", "blocktrans", "plural", "endblocktranslate", "endblocktrans"}
OWN_NAMES = {"中文", "切换为中文"}
"""What stands in its own language whatever the page's is: the switch to it."""


@dataclass(frozen=True)
class Text:
    """A string, its plural if it has one, and where it stands."""

    singular: str
    plural: str
    app: str
    where: str


@cache
def texts() -> tuple[Text, ...]:
    """Return every translatable string of every app."""
    return (*_of_python(), *_of_templates())


def _of_python() -> Iterator[Text]:
    for file in sorted(PLATFORM.rglob("*.py")):
        if "migrations" in file.parts or "node_modules" in file.parts:
            continue
        with file.open("rb") as stream:
            for line, message, _comments, _context in extract(
                "python", stream, KEYWORDS, options={"encoding": "utf-8"}
            ):
                singular, plural = message if isinstance(message, tuple) else (message, "")
                if singular:
                    yield Text(singular, plural, *_place(file, line))


def _of_templates() -> Iterator[Text]:
    for file in templates():
        for number, line in enumerate(templatize(file.read_text("utf-8")).splitlines(), start=1):
            for single, first, second in CALL.findall(line):
                singular = ast.literal_eval(single or first)
                yield Text(singular, ast.literal_eval(second) if second else "", *_place(file, number))


def templates() -> list[Path]:
    """Return every template."""
    return sorted(PLATFORM.glob("*/templates/**/*.html")) + sorted(PLATFORM.glob("*/templates/**/*.txt"))


def _place(file: Path, line: int) -> tuple[str, str]:
    name = file.relative_to(PLATFORM)
    return name.parts[0], f"{name.as_posix()}:{line}"


@cache
def english() -> dict[str, tuple[str, ...]]:
    """Return the English of every string in any app's catalogue; that of the lowest app wins, as for Django."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(PLATFORM.glob("*/locale/en/LC_MESSAGES/django.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="en"):
                if message.id and not message.fuzzy:
                    singular, said = (
                        (message.id[0], message.string) if message.pluralizable else (message.id, (message.string,))
                    )
                    found.setdefault(singular, tuple(said))
    return found


def missing(app: str = "") -> list[Text]:
    """Return the strings, of one app or all, that lack English; each once."""
    known = english()
    lacking = {
        item.singular: item
        for item in texts()
        if (not app or item.app == app)
        and CHINESE.search(item.singular)
        and not all(known.get(item.singular, ("",))[: 2 if item.plural else 1])
    }
    return list(lacking.values())


def untranslatable(source: str) -> list[str]:
    """Return the Chinese of a template that no translation reaches: in its text, or in a tag's plain words."""
    found, inside = [], False
    for token in DebugLexer(source).tokenize():
        if token.token_type == TokenType.COMMENT:
            continue
        if token.token_type == TokenType.TEXT:
            text = re.sub(r"<!--.*?-->", "", token.contents, flags=re.DOTALL)
            if not inside and CHINESE.search(text):
                found += [part.strip() for part in re.split(r"[<>\n]", text) if CHINESE.search(part)]
            continue
        name = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if name in {"blocktranslate", "blocktrans", "comment"}:
            inside = True
        elif name in {"endblocktranslate", "endblocktrans", "endcomment"}:
            inside = False
        if name not in TRANSLATED and not inside:
            plain = re.sub(rf"\b_\({LITERAL}\)", "", token.contents)
            found += [literal for literal in re.findall(LITERAL, plain) if CHINESE.search(literal)]
    return [part for part in found if part not in OWN_NAMES]


def main(app: str = "") -> None:
    """Print what a catalogue lacks."""
    for item in missing(app):
        singular = item.singular.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        if item.plural:
            lines = f'msgid "{singular}"\nmsgid_plural "{item.plural}"\nmsgstr[0] ""\nmsgstr[1] ""'
        else:
            lines = f'msgid "{singular}"\nmsgstr ""'
        sys.stdout.write(f"#: {item.where}\n{lines}\n\n")


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(INSTALLED_APPS=[])
    django.setup()
    main(*sys.argv[1:2])
