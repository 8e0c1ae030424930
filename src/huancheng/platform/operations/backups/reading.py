"""Reading an archive: nothing is taken from it before all of it was found to be as it was written."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from huancheng.evidence import InputFault
from huancheng.platform.operations.backups.manifest import NAME, Manifest, read_manifest

BLOCK = 1 << 20
KNOWN = frozenset({"tables", "files", "snapshots", "checkups", "units", "packs", "secrets.json", NAME})
"""What the names in an archive may begin with."""


class OpenedBackup:
    """An archive opened for reading.

    Raises
    ------
    InputFault
        If it is no backup of ours.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._archive = tarfile.open(file, "r:")  # noqa: SIM115 - closed by __exit__
        except (tarfile.TarError, EOFError) as error:
            raise self._fault("this is no backup, or it was cut short") from error
        try:
            self._entries = {entry.name: entry for entry in self._archive.getmembers()}
            self.manifest: Manifest = read_manifest(self._read_manifest(), str(file))
        except (tarfile.TarError, EOFError) as error:
            self._archive.close()
            raise self._fault("this is no backup, or it was cut short") from error
        except InputFault:
            self._archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def verify(self) -> None:
        """Hold every member against the manifest: names, sizes, hashes, rows.

        Raises
        ------
        InputFault
            If one is missing, too many, or not as it was written.
        """
        found = set(self._entries) - {NAME}
        wanted = set(self.manifest.members)
        if found != wanted:
            raise self._fault(f"its manifest and its contents differ: {', '.join(sorted(found ^ wanted)[:5])}")
        for name, member in self.manifest.members.items():
            if not self._is_safe(name):
                raise self._fault(f"it holds a name that leads elsewhere: {name}")
            digest = hashlib.sha256()
            with self.content(name) as content:
                while block := content.read(BLOCK):
                    digest.update(block)
            if self._entries[name].size != member.size or digest.hexdigest() != member.sha256:
                raise self._fault(f"it was changed or damaged: {name} is not what was written")
            if member.rows is not None and sum(1 for _ in self.lines(name)) - 1 != member.rows:
                raise self._fault(f"{name} has another number of rows than its manifest says")

    def tables(self) -> dict[str, int]:
        """Return the rows of every table, by the model's label."""
        return {
            name.removeprefix("tables/").removesuffix(".jsonl.gz"): member.rows
            for name, member in self.manifest.members.items()
            if member.rows is not None
        }

    def table(self, label: str) -> Iterator[bytes]:
        """Return a table's lines."""
        return self.lines(f"tables/{label}.jsonl.gz")

    def lines(self, name: str) -> Iterator[bytes]:
        """Return the lines of a packed member."""
        with self.content(name) as content, gzip.GzipFile(fileobj=content) as packed:
            yield from packed

    def unpack(self, first: str, folder: Path) -> int:
        """Write all members whose name begins with a folder's name into a folder; returns how many."""
        count = 0
        for name in self.manifest.members:
            path = PurePosixPath(name)
            if path.parts[0] != first:
                continue
            target = folder.joinpath(*path.parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            with self.content(name) as content, target.open("xb") as out:
                shutil.copyfileobj(content, out, BLOCK)
            count += 1
        return count

    def content(self, name: str) -> IO[bytes]:
        """Return a member's bytes."""
        content = self._archive.extractfile(self._entries[name])
        if content is None:
            raise self._fault(f"{name} is no plain file")
        return content

    def _is_safe(self, name: str) -> bool:
        path = PurePosixPath(name)
        plain = self._entries[name].isreg() and not path.is_absolute() and "\\" not in name and ":" not in name
        return plain and path.parts[0] in KNOWN and ".." not in path.parts

    def _read_manifest(self) -> bytes:
        entry = self._entries.get(NAME)
        if entry is None or not entry.isreg():
            raise self._fault("it has no manifest: it was cut short, or is no backup of Huancheng")
        return self.content(NAME).read()

    def _fault(self, text: str) -> InputFault:
        return InputFault(text, file=str(self.file), cure="use another backup")
