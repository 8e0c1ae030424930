"""Who may read a file: the app that refers to it says so. A file nobody's reference leads to can't be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huancheng.platform.audit.acting import Acting
from huancheng.platform.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Readable:
    """A file somebody may read.

    Parameters
    ----------
    stored
        The bytes.
    name
        The name it is sent under.
    """

    stored: StoredFile
    name: str


Gate = Callable[[int, Acting | None], Readable | None]
"""Takes the number of a reference and who asks (None for a visitor); gives None where they may not or it is unknown."""

_GATES: dict[str, Gate] = {}


def add_gate(owner: str, gate: Gate) -> None:
    """Let an app answer for its references; called from its `ready`.

    Parameters
    ----------
    owner
        Word in the address, as `papers`.
    gate
        Who may read.
    """
    _GATES[owner] = gate


def readable(owner: str, number: int, acting: Acting | None) -> Readable | None:
    """Return what a reference leads to; None where it is unknown or not for this person, without a difference."""
    gate = _GATES.get(owner)
    return gate(number, acting) if gate is not None else None
