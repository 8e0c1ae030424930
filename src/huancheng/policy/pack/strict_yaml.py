"""YAML without its traps: what is read is what stands there, and every value knows its line.

YAML 1.1 turns unquoted text into other things (`no` into false, `12:30` into 750, `010` into 8, `2023-07-01` into a
date) and cuts unquoted text in braces at `, word: ` into a second key. Law read wrongly is worse than law not read, so
whatever two YAML readers could take differently is refused with its line and the cure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from huancheng.policy.pack.fault import PackFault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_compiled: Any = getattr(yaml, "_yaml", yaml)
_Errors: tuple[type[Exception], ...] = (yaml.YAMLError, _compiled.YAMLError)
"""The compiled parser may hold another copy of the error classes, as of the event classes."""

MAX_CHARACTERS = 8_000_000
"""Longest file read; a pack file is written by hand and stays far below."""

MAX_DEPTH = 40
"""Deepest nesting read."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ONE_WORD_TRUTH = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false"})
_PLAIN_WORDS: dict[str, bool | None] = {"": None, "null": None, "~": None, "true": True, "false": False}
_TRAPS = (
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\Z"), "a number to base 60"),
    (re.compile(r"[-+]?0[0-9_]+\Z"), "an octal number"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+\Z"), "a number in another base"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9][0-9_]*\.?[0-9_]*)([eE][-+]?[0-9]+)\Z"), "a number with an exponent"),
    (re.compile(r"[-+]?(\.[0-9_]+|[0-9][0-9_]*\.[0-9_]*)\Z"), "a decimal number"),
    (re.compile(r"[-+]?[0-9][0-9_]*\Z"), "a whole number"),
    (re.compile(r"[-+]?\.(inf|nan)\Z", re.IGNORECASE), "infinity or not-a-number"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)?[0-9:.]*.*\Z"), "a date or time"),
    (re.compile(r"(null|~)\Z", re.IGNORECASE), "nothing"),
    (re.compile(r"[=<]{1,2}\Z"), "a YAML sign"),
)

Path = tuple[str | int, ...]
"""Way from the top of a file to a value: keys and list positions."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One file's content with the line of every value and key.

    Parameters
    ----------
    value
        Plain Python: dict, list, str, int, float, bool, date or None.
    file
        Name shown in messages.
    lines
        Line (from 1) of each path; a mapping's entry counts from its key.
    in_braces
        Paths of the keys written in a flow mapping, where unquoted text is cut at commas.
    """

    value: Any
    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    in_braces: frozenset[Path] = frozenset()

    def line(self, path: Path) -> int:
        """Return the line of the nearest known ancestor of `path`."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def read_yaml(text: str, *, file: str = "") -> YamlDocument:
    """Read one YAML document strictly.

    Parameters
    ----------
    text
        The file's text.
    file
        Name shown in messages.

    Returns
    -------
    YamlDocument
        Content and lines.

    Raises
    ------
    PackFault
        On a syntax error, a repeated key, an anchor, a tag, a second document, or unquoted text that YAML readers
        would turn into something else.
    """
    if len(text) > MAX_CHARACTERS:
        raise PackFault(f"the file has {len(text):,} characters", file=file, cure="split it; a pack file stays small")
    return _Builder(text, file).build()


class _Builder:
    """Builds plain Python out of parse events, watching for traps."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._lines: dict[Path, int] = {}
        self._in_braces: set[Path] = set()

    def build(self) -> YamlDocument:
        try:
            events = iter(yaml.parse(self._text, Loader=_Loader))
            value = self._document(events)
        except _Errors as error:
            raise self._unreadable(error) from error
        return YamlDocument(value, self._file, self._lines, frozenset(self._in_braces))

    def _unreadable(self, error: Exception) -> PackFault:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is None:
            message = f"not readable as YAML: {error}".splitlines()[0]
            return PackFault(message, file=self._file, line=1, cure="remove the character named")
        cure = "quote text that holds `: `, ` #`, or begins with ? & * ! | > % @ ` { [ - and check the indentation"
        message = f"not readable as YAML: {getattr(error, 'problem', '')}"
        return PackFault(message, file=self._file, line=mark.line + 1, cure=cure)

    def _document(self, events: Iterator[Any]) -> Any:
        value: Any = None
        documents = 0
        for event in events:
            if _is(event, "DocumentStartEvent"):
                documents += 1
                if documents > 1:
                    raise self._fault("a second document begins here", event, (), "keep one document per file")
                value = self._value(next(events), events, ())
        return value

    def _fault(self, message: str, event: Any, path: Path, cure: str) -> PackFault:
        key = ".".join(str(part) for part in path)
        return PackFault(message, file=self._file, line=event.start_mark.line + 1, key=key, cure=cure)

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        self._lines.setdefault(path, event.start_mark.line + 1)
        if _is(event, "AliasEvent") or getattr(event, "anchor", None):
            raise self._fault("anchors and aliases are not used in packs", event, path, "write the value out")
        if getattr(event, "tag", None):
            raise self._fault(f"the tag {event.tag} is not used in packs", event, path, "quote the text")
        if len(path) > MAX_DEPTH:
            raise self._fault(f"nested more than {MAX_DEPTH} levels deep", event, path[:3], "flatten the entry")
        if _is(event, "MappingStartEvent"):
            return self._mapping(event, events, path)
        if _is(event, "SequenceStartEvent"):
            return self._sequence(events, path)
        return self._scalar(event, path)

    def _sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        items: list[Any] = []
        while not _is(event := next(events), "SequenceEndEvent"):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, start: Any, events: Iterator[Any], path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not _is(event := next(events), "MappingEndEvent"):
            key = self._key(event, path)
            here = (*path, key)
            if key in items:
                message = f"the key {key!r} stands twice; the first is on line {self._lines[here]}"
                raise self._fault(message, event, here, "keep one of them")
            self._lines[here] = event.start_mark.line + 1
            if start.flow_style:
                self._in_braces.add(here)
            value_event = next(events)
            if start.flow_style and _is_missing(value_event):
                cure = f"quote the text if {key!r} belongs to it, or give the key a value"
                raise self._fault(f"{key!r} stands in braces as a key without a value", event, here, cure)
            items[key] = self._value(value_event, events, here)
        return items

    def _key(self, event: Any, path: Path) -> str:
        cure = "quote text that begins with ?, { or ["
        if not _is(event, "ScalarEvent"):
            raise self._fault("a key must be a plain word", event, path, cure)
        start: Any = event.start_mark
        before = self._text[: start.index].rstrip(" ")
        if before.endswith("?") and not event.style:
            raise self._fault("text beginning with `? ` was read as a key", event, path, cure)
        plain = str(event.value)
        if event.implicit[0] and not _INTEGER.match(plain) and not isinstance(self._scalar(event, path), str):
            raise self._fault(f"the unquoted key {plain} would be read as no text", event, (*path, plain), "quote it")
        return plain

    def _scalar(self, event: Any, path: Path) -> Any:
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        if text.lower() in _ONE_WORD_TRUTH:
            cure = f'write true or false, or "{text}" in quotes where the word is meant'
            raise self._fault(f"unquoted {text} is read as true or false by some YAML readers", event, path, cure)
        if _INTEGER.match(text):
            return int(text)
        if _NUMBER.match(text):
            return float(text)
        if _DATE.match(text):
            return self._date(text, event, path)
        self._refuse_traps(text, event, path)
        return text

    def _refuse_traps(self, text: str, event: Any, path: Path) -> None:
        for pattern, meaning in _TRAPS:
            if pattern.match(text):
                cure = f'write "{text}" in quotes where text is meant, or the number plainly'
                raise self._fault(f"unquoted {text} is read as {meaning} by some YAML readers", event, path, cure)

    def _date(self, text: str, event: Any, path: Path) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self._fault(f"{text} is no day of the calendar", event, path, "write an existing day") from error


def _is(event: Any, kind: str) -> bool:
    """Whether an event is of a kind, by name: the compiled parser may hold another copy of the event classes."""
    return type(event).__name__ == kind


def _is_missing(event: Any) -> bool:
    """Whether an event is the empty value of a key that was never given one."""
    return _is(event, "ScalarEvent") and not event.style and not event.value
