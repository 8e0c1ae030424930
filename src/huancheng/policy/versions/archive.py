"""Versions of packs kept by their digest, so that a case is replayed under the law it began under."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from huancheng.evidence import InputFault
from huancheng.policy.book import PolicyBook, load_book
from huancheng.policy.calendar import CalendarEdition
from huancheng.policy.pack import Pack


@dataclass(frozen=True)
class Archive:
    """A folder of pack versions; each lies under its digest and is never changed.

    Parameters
    ----------
    folder
        Where it lies.

    Notes
    -----
    A version is verified against its digest when it is first read, and then kept in memory.
    """

    folder: Path
    _books: dict[str, PolicyBook] = field(default_factory=dict, compare=False, repr=False)

    def keep(self, pack: Pack) -> str:
        """Store a pack with its parents; returns its digest. A version that is kept already is left as it is."""
        target = self.folder / pack.digest
        if target.is_dir():
            return pack.digest
        self.folder.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{pack.digest[:12]}-", dir=self.folder))
        building.chmod(0o755)
        for ancestor in pack.lineage:
            for path in ancestor.files():
                copy = building / ancestor.id / path
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes((ancestor.folder / path).read_bytes())
        (building / "pack.txt").write_text(pack.id, "utf-8")
        try:
            building.rename(target)
        except OSError:
            shutil.rmtree(building)
            if not target.is_dir():
                raise
        return pack.digest

    def versions(self) -> list[str]:
        """Return the digests kept, sorted."""
        return sorted(path.parent.name for path in self.folder.glob("*/pack.txt") if path.parent.name[0] != ".")

    def load(self, digest: str) -> PolicyBook:
        """Read a version by its digest.

        Raises
        ------
        InputFault
            If it is not kept, or was changed since.
        """
        if digest in self._books:
            return self._books[digest]
        folder = self.folder / digest
        if not (folder / "pack.txt").is_file():
            raise InputFault(
                "this version of the pack is not in the archive",
                file=str(folder),
                field="pack",
                cure="keep every version a case begins under",
            )
        book = load_book(folder / (folder / "pack.txt").read_text("utf-8"), root=folder)
        if book.pack.digest != digest:
            raise InputFault(
                "this version was changed after it was kept",
                file=str(folder),
                field="pack",
                cure="restore it from a backup",
            )
        self._books[digest] = book
        return book

    def editions(self) -> tuple[CalendarEdition, ...]:
        """Return all calendar editions of all versions, each once.

        Raises
        ------
        InputFault
            If two versions differ in an edition of the same id: a published calendar never changes.
        """
        found: dict[str, CalendarEdition] = {}
        for digest in self.versions():
            for edition in self.load(digest).editions:
                if found.setdefault(edition.id, edition) != edition:
                    raise InputFault(
                        "two pack versions differ in one calendar edition",
                        field=edition.id,
                        cure="give the corrected calendar a new id",
                    )
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision as stored: enough to make it again, and its fingerprint.

    Parameters
    ----------
    pack
        Digest of the pack version.
    table
        Id of the table.
    facts
        Facts as given.
    as_of
        Day of the law applied.
    fingerprint
        SHA-256 of the answer in canonical form.
    """

    pack: str
    table: str
    facts: dict[str, Any]
    as_of: date
    fingerprint: str


def canonical_answer(book: PolicyBook, table: str, facts: dict[str, Any], as_of: date) -> str:
    """Return a decision with its whole trace as canonical JSON."""
    compiled = book.table(table, as_of=as_of)
    answer = compiled.decide(book.catalogue.read(facts))
    changes = book.tables.changes_of(compiled.table.id)
    content = answer.as_dict(book.catalogue, book.citations.as_dict, compiled.table.competent, changes)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_decision(book: PolicyBook, table: str, facts: dict[str, Any], as_of: date) -> DecisionRecord:
    """Make a decision and return what must be stored to replay it."""
    answer = canonical_answer(book, table, facts, as_of)
    return DecisionRecord(book.pack.digest, table, facts, as_of, hashlib.sha256(answer.encode()).hexdigest())


def replays(record: DecisionRecord, archive: Archive) -> bool:
    """Whether a stored decision, made again under its own pack version and day, is the same byte for byte."""
    book = archive.load(record.pack)
    answer = canonical_answer(book, record.table, record.facts, record.as_of)
    return hashlib.sha256(answer.encode()).hexdigest() == record.fingerprint
