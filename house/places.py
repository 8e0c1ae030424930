"""Where things lie in the project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files that `run.py` works with.

    Parameters
    ----------
    root
        The folder that holds `run.py`.
    windows
        Whether the environment has Windows' layout.
    """

    root: Path
    windows: bool = os.name == "nt"

    @classmethod
    def here(cls) -> Places:
        """Return the places of the project this file belongs to."""
        return cls(Path(__file__).resolve().parents[1])

    @property
    def environment(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def scripts(self) -> Path:
        """The environment's folder of commands."""
        return self.environment / ("Scripts" if self.windows else "bin")

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.scripts / ("python.exe" if self.windows else "python")

    @property
    def stamp(self) -> Path:
        """What was installed, so that nothing is done twice."""
        return self.environment / "huancheng.json"

    @property
    def requirements(self) -> Path:
        """The hashed requirement files."""
        return self.root / "requirements"

    @property
    def wheelhouse(self) -> Path:
        """The packages that a packed archive brings along; absent in a clone."""
        return self.root / "wheelhouse"

    @property
    def output(self) -> Path:
        """What runs leave behind; never committed."""
        return self.root / "var"

    def requirement_file(self, depth: str) -> Path:
        """Return the hashed requirement file of a depth (`run` or `dev`)."""
        return self.requirements / f"{depth}.txt"
