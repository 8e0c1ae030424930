"""What an archive says of itself: every member with its size and hash, every table with its rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from huancheng.evidence import InputFault

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive.

    Parameters
    ----------
    size, sha256
        Of its bytes.
    rows
        Rows, for a table.
    """

    size: int
    sha256: str
    rows: int | None = None


@dataclass
class Manifest:
    """What is in an archive.

    Parameters
    ----------
    made_at
        When the database was read, with its zone.
    version
        Version of the program that made it.
    vendor
        Engine it was made from; it may be restored into another.
    migrations
        Changes of the database's shape that were applied: `app.name`.
    members
        Everything in it but the manifest, by name.
    damaged
        Stored files that were not as their name says when the backup was made; they are in it as they were.
    format
        Version of this layout.
    """

    made_at: str
    version: str
    vendor: str
    migrations: list[str]
    members: dict[str, Member] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(member.rows or 0 for member in self.members.values())

    @property
    def files(self) -> int:
        """Members that are no tables."""
        return sum(member.rows is None for member in self.members.values())

    def as_bytes(self) -> bytes:
        """Return it as JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(content: bytes, file: str) -> Manifest:
    """Read a manifest.

    Raises
    ------
    InputFault
        If it is of another layout or not whole.
    """
    try:
        data: dict[str, Any] = json.loads(content)
        if data["format"] != FORMAT:
            raise InputFault(
                f"this backup has layout {data['format']}, this version reads layout {FORMAT}",
                file=file,
                cure="restore it with the version of Huancheng that made it",
            )
        data["members"] = {name: Member(**member) for name, member in data["members"].items()}
        return Manifest(**data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputFault("the backup's manifest can't be read", file=file, cure="use another backup") from error
