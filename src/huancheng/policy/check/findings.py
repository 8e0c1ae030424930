"""What `policy check` finds: told with place and cure, never stopping at the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huancheng.policy.pack.collection import Origin


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a pack that reads well and is still wrong.

    Parameters
    ----------
    kind
        `gap`, `overlap`, `unreachable_row`, …
    message
        What is wrong.
    origin
        Where.
    key
        Entry or part.
    cure
        What to do.
    """

    kind: str
    message: str
    origin: Origin
    key: str
    cure: str

    def __str__(self) -> str:
        """Render as `file, line 12, key: message — cure`."""
        return f"{self.origin.file}, line {self.origin.line}, {self.key}: {self.message} — {self.cure}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the parts for `--json`."""
        return {
            "kind": self.kind,
            "message": self.message,
            "file": self.origin.file,
            "line": self.origin.line,
            "key": self.key,
            "cure": self.cure,
        }


Findings = Iterator[Finding]
