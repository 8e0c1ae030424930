"""The official text, kept by the office: split into its numbered clauses and linked to the pack's requirements."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from huancheng.evidence import InputFault
from huancheng.policy.clauses.citations import Citations

_CHAPTER = re.compile(r"^([一二三四五六七八九十]{1,3})、(.*)$")
_SECTION = re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[）)](.*)$")
_ANNEX = re.compile(r"^附件\s*[:：]?\s*$")
_SENTENCE = re.compile(r"[^。；]+[。；]?")
_SPACES = re.compile(r"[\s\u3000]+")
_LEAST_LIKENESS = 0.2


@dataclass(frozen=True, slots=True)
class OfficialText:
    """A document split into clauses.

    Parameters
    ----------
    file
        Name of the file it came from.
    digest
        SHA-256 of the file, in hexadecimal.
    clauses
        Sentences by clause number (`五(二)`; 前言 before the first chapter, 附件 after the text).
    links
        For each requirement the place of its sentence: clause and position, counted from 0.
    """

    file: str
    digest: str
    clauses: dict[str, tuple[str, ...]]
    links: dict[str, tuple[str, int]]

    def sentence(self, requirement: str) -> str:
        """Return the official sentence of a requirement; empty where none is linked."""
        if requirement not in self.links:
            return ""
        clause, position = self.links[requirement]
        return self.clauses[clause][position]


def read_official_text(path: Path, citations: Citations) -> OfficialText:
    """Read an official document and link its sentences to the pack's requirements.

    Parameters
    ----------
    path
        A txt (UTF-8 or GB 18030) or docx file.
    citations
        The pack's clauses and requirements.

    Raises
    ------
    InputFault
        If the file can't be read, or holds none of the pack's clauses.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputFault("the file can't be read", file=str(path), cure="check the path") from error
    lines = _docx_lines(path) if path.suffix.lower() == ".docx" else _text_lines(content, path)
    clauses = split_clauses(lines)
    known = [clause.id for clause in citations.clauses if clause.id in clauses]
    if not known:
        raise InputFault(
            "the document holds none of the pack's clauses",
            file=str(path),
            cure="attach the document the pack encodes, with its chapter numbers (一、 （一）)",
        )
    links = _link(clauses, citations)
    return OfficialText(path.name, hashlib.sha256(content).hexdigest(), clauses, links)


def _docx_lines(path: Path) -> list[str]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputFault("the file is no readable docx", file=str(path), cure="save it again as docx") from error


def _text_lines(content: bytes, path: Path) -> list[str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise InputFault("the file is neither UTF-8 nor GB 18030 text", file=str(path), cure="save it as UTF-8, or as docx")


def split_clauses(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Split lines into sentences by clause number (`一`, `五(二)`), by the document's own headings."""
    clauses: dict[str, list[str]] = {}
    chapter, here = "", "前言"
    for raw in lines:
        line = _SPACES.sub("", raw)
        if _ANNEX.match(line):
            chapter, here, line = "", "附件", ""
        elif match := _CHAPTER.match(line):
            chapter, line = match.group(1), match.group(2)
            here = chapter
        elif chapter and (match := _SECTION.match(line)):
            here, line = f"{chapter}({match.group(1)})", match.group(2)
        if line:
            clauses.setdefault(here, []).extend(_SENTENCE.findall(line))
    return {name: tuple(sentences) for name, sentences in clauses.items()}


def _link(clauses: dict[str, tuple[str, ...]], citations: Citations) -> dict[str, tuple[str, int]]:
    links: dict[str, tuple[str, int]] = {}
    for clause in citations.clauses:
        sentences = clauses.get(clause.id, ())
        if not sentences:
            continue
        for requirement in clause.requirements:
            words = _bigrams(f"{requirement.actor or ''}{requirement.text}{requirement.condition}")
            scores = [len(words & _bigrams(sentence)) / max(len(words), 1) for sentence in sentences]
            best = max(range(len(scores)), key=lambda position: (scores[position], -position))
            if scores[best] >= _LEAST_LIKENESS:
                links[requirement.id] = (clause.id, best)
    return links


def _bigrams(text: str) -> set[str]:
    return {text[position : position + 2] for position in range(len(text) - 1)}


def save_official_text(text: OfficialText, folder: Path, pack: str) -> Path:
    """Write the split text to the office's own folder, never into the pack; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{pack}.json"
    content = {
        "file": text.file,
        "sha256": text.digest,
        "clauses": {name: list(sentences) for name, sentences in text.clauses.items()},
        "links": {name: list(place) for name, place in text.links.items()},
    }
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return target


def load_official_text(folder: Path, pack: str) -> OfficialText | None:
    """Return the attached text of a pack, or None where the office attached none.

    Raises
    ------
    InputFault
        If the file was damaged.
    """
    target = folder / f"{pack}.json"
    if not target.is_file():
        return None
    try:
        raw = json.loads(target.read_text("utf-8"))
        clauses = {name: tuple(sentences) for name, sentences in raw["clauses"].items()}
        links = {name: (str(place[0]), int(place[1])) for name, place in raw["links"].items()}
        return OfficialText(raw["file"], raw["sha256"], clauses, links)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputFault("the attached text is damaged", file=str(target), cure="attach the document again") from error
