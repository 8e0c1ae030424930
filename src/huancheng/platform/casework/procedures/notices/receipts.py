"""Numbers with which someone of the public follows what became of their objection."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without signs that look alike."""
_GROUPS = 3
_SIGNS = 4


def new_receipt() -> str:
    """Return a number nobody can guess (60 random bits), as `7K2M-9QXR-4TPA`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_SIGNS)) for _ in range(_GROUPS))
    return "-".join(groups)


def read_receipt(text: str) -> str:
    """Return a number as it is kept, from one typed with blanks, in small letters or without dashes."""
    plain = "".join(sign for sign in text.upper() if sign in ALPHABET)
    return "-".join(plain[start : start + _SIGNS] for start in range(0, len(plain), _SIGNS))
