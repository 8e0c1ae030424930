"""Where the chain's city comes from: a snapshot there is, a mapping to build, or a size to generate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huancheng.city.snapshot import Snapshot

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """A snapshot that is there.

    Parameters
    ----------
    snapshot
        The city.
    """

    snapshot: Snapshot

    def open(self, _folder: Path, say: Say) -> Snapshot:
        """Return the snapshot; nothing is written into the folder."""
        say(f"reading {self.snapshot.manifest.title}")
        return self.snapshot


@dataclass(frozen=True, slots=True)
class Mapped:
    """A city built from the files a mapping names.

    Parameters
    ----------
    mapping
        The mapping file (TOML).
    data
        Folder the mapping's paths are relative to; its own folder where none is given.
    """

    mapping: Path
    data: Path | None = None

    def open(self, folder: Path, say: Say) -> Snapshot:
        """Build the snapshot in the folder and return it."""
        from huancheng.city.build import build_city

        return build_city(self.mapping, folder, data=self.data, say=say)


@dataclass(frozen=True, slots=True)
class Generated:
    """示例市, generated.

    Parameters
    ----------
    size
        small, medium, large or huge.
    seed
        Any whole number from 0 up.
    """

    size: str
    seed: int

    def open(self, folder: Path, say: Say) -> Snapshot:
        """Generate the city in the folder and return it."""
        from huancheng.city.generate import generate_city

        say(f"generating 示例市, {self.size}, seed {self.seed}")
        return generate_city(self.size, self.seed, folder).snapshot


City = Ready | Mapped | Generated
"""Any of the three."""
