"""Facilities of every class, and the truth about the estates that have or lack them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects


@dataclass(frozen=True)
class Verdict:
    """Rows with a planted problem, rows surely without it, and rows too close to tell."""

    flagged: Integers
    clear: Integers
    unclear: Integers
    amounts: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, flagged: Booleans, clear: Booleans, considered: Booleans | None = None) -> Verdict:
        """Sort rows by two masks; rows considered and in neither are unclear."""
        considered = np.ones(len(flagged), bool) if considered is None else considered
        return cls(
            np.flatnonzero(flagged & considered),
            np.flatnonzero(clear & ~flagged & considered),
            np.flatnonzero(~flagged & ~clear & considered),
        )

    def only(self, rows: Booleans) -> Verdict:
        """Return the verdict on some rows; the others are not spoken of."""
        flagged, clear, unclear = (part[rows[part]] for part in (self.flagged, self.clear, self.unclear))
        return Verdict(flagged, clear, unclear, {row: amount for row, amount in self.amounts.items() if rows[row]})


@dataclass
class FacilityBook:
    """Collects facilities from the rooms of the generator."""

    _parts: list[tuple[Objects, Floats, Floats, Objects, Floats, Floats, Objects, Objects]] = field(
        default_factory=list
    )

    def add(
        self,
        kind: str,
        x: Floats,
        y: Floats,
        names: Objects,
        *,
        area: Floats | float = np.nan,
        capacity: Floats | float = np.nan,
        operator: str = "",
        compliant: Booleans | bool | None = None,
    ) -> None:
        """Add facilities of one class; NaN and None stand for what is not known."""
        count = len(x)
        flags = np.empty(count, dtype=object)
        flags[:] = compliant if compliant is None or isinstance(compliant, bool) else compliant.astype(object)
        whole = np.full(count, kind, dtype=object), np.full(count, operator or None, dtype=object)
        self._parts.append(
            (
                whole[0],
                np.array(x, float),
                np.array(y, float),
                np.array(names, dtype=object),
                np.array(np.broadcast_to(np.asarray(area, float), count)),
                np.array(np.broadcast_to(np.asarray(capacity, float), count)),
                whole[1],
                flags,
            )
        )

    def table(self) -> tuple[Objects, Floats, Floats, Objects, Floats, Floats, Objects, Objects]:
        """Return class, x, y, name, area, capacity, operator, compliant of all facilities, in order."""
        kind, x, y, name, area, capacity, operator, compliant = (
            np.concatenate(part) for part in zip(*self._parts, strict=True)
        )
        return kind, x, y, name, area, capacity, operator, compliant

    def places(self, kind: str) -> tuple[Floats, Floats]:
        """Return where the facilities of one class are."""
        chosen = [(x, y) for kinds, x, y, *_ in self._parts if len(kinds) and kinds[0] == kind]
        if not chosen:
            return np.empty(0), np.empty(0)
        return np.concatenate([x for x, _ in chosen]), np.concatenate([y for _, y in chosen])


def with_suffix(names: Objects, suffix: str) -> Objects:
    """Return names with a word after each."""
    joined: Objects = np.array([f"{name}{suffix}" for name in names], dtype=object)
    return joined
