"""Pages of the worklist, the lists of cases, search, notices and bulk back-entry."""

from __future__ import annotations

from tests.platform.doors import EVERYONE, Door

DOORS = [Door("casework:worklist", EVERYONE)]
