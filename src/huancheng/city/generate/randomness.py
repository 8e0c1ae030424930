"""Random draws by topic, so that a change in one part of the city leaves the others as they were."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Draws:
    """A source of independent random streams, one per topic.

    Parameters
    ----------
    seed
        Seed of the city.
    size
        Name of the size; the same seed gives unrelated cities at different sizes.
    """

    seed: int
    size: str

    def topic(self, name: str) -> np.random.Generator:
        """Return the stream of one topic; the same name always gives the same stream from its beginning."""
        return np.random.default_rng([self.seed, zlib.crc32(self.size.encode()), zlib.crc32(name.encode())])
