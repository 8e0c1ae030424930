"""WhiteNoise as in an office; the files it serves are listed once a run: each client of the tests is a server anew."""

from __future__ import annotations

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

_LISTED: dict[str, Any] = {}


class ListedOnce(WhiteNoiseMiddleware):
    """Keeps the list of files for every later server of this process."""

    def add_files_from_finders(self) -> None:
        """List the files, unless that was done."""
        if not _LISTED:
            super().add_files_from_finders()
            _LISTED.update(self.files)
        self.files = _LISTED
