"""How a value came to be known."""

from __future__ import annotations

from enum import StrEnum


class Provenance(StrEnum):
    """How a value came to be known, from an instrument to an assumption."""

    MEASURED = "measured"
    DERIVED = "derived"
    IMPUTED = "imputed"
    MODELLED = "modelled"
    SYNTHETIC = "synthetic"
    DECLARED = "declared"

    @property
    def code(self) -> int:
        """Small integer stored per row in columns of mixed provenance; 0 is kept for a missing value."""
        return _CODES[self]

    @property
    def mark(self) -> str:
        """One letter shown beside a figure on pages and in documents."""
        return _MARKS[self]

    @property
    def label(self) -> str:
        """The Chinese word an officer reads."""
        return _LABELS[self]

    @classmethod
    def from_code(cls, code: int) -> Provenance | None:
        """Return the provenance stored as `code`, or None for 0 (missing).

        Raises
        ------
        ValueError
            If `code` is not one of 0 to 6.
        """
        if code == 0:
            return None
        for member, value in _CODES.items():
            if value == code:
                return member
        message = f"no provenance has code {code}; codes run from 0 (missing) to {len(_CODES)}"
        raise ValueError(message)


_CODES = {member: position for position, member in enumerate(Provenance, start=1)}
_MARKS = {
    Provenance.MEASURED: "m",
    Provenance.DERIVED: "d",
    Provenance.IMPUTED: "i",
    Provenance.MODELLED: "o",
    Provenance.SYNTHETIC: "s",
    Provenance.DECLARED: "c",
}
_LABELS = {
    Provenance.MEASURED: "实测",
    Provenance.DERIVED: "推算",
    Provenance.IMPUTED: "插补",
    Provenance.MODELLED: "模拟",
    Provenance.SYNTHETIC: "合成",
    Provenance.DECLARED: "申报",
}
