"""Where a rule or a number comes from, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Whose words an entry is: the policy's own, a law's, or our default."""

    SEED = "seed"
    LAW = "law"
    DEFAULT = "default"


class Certainty(StrEnum):
    """How an entry's content is known."""

    CONFIRMED = "confirmed"
    """Checked against the official text by the office, by a recorded act."""
    READ = "read"
    """Seen in a named source."""
    IMPLIED = "implied"
    """Follows from the meaning; no source states it."""
    RECALLED = "recalled"
    """From memory; to be verified before use."""
    PROPOSED = "proposed"
    """Our default; no source."""

    @property
    def needs_badge(self) -> bool:
        """Whether an output must mark the entry as unverified."""
        return self not in (Certainty.CONFIRMED, Certainty.READ)


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to the sentence that carries a rule or a number.

    Parameters
    ----------
    source
        Name or number of the document (for example 聊政字〔2023〕7号).
    clause
        Clause in the document's own numbering; empty where the document has none.
    basis
        Whose words it is.
    certainty
        How it is known.
    """

    source: str
    clause: str = ""
    basis: Basis = Basis.DEFAULT
    certainty: Certainty = Certainty.PROPOSED

    def __str__(self) -> str:
        """Render as `document clause`, with a badge where the content is not verified."""
        text = f"{self.source} {self.clause}".strip()
        return f"{text}（{self.certainty.value}）" if self.certainty.needs_badge else text
