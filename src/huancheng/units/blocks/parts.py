"""Which blocks hang together once separators are cut and bridges counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def connected_parts(ids: pd.Series[str], borders: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    """Return the ids of blocks in each connected part, the largest part first, equal ones by their first block.

    Parameters
    ----------
    ids
        Ids of the blocks.
    borders
        `a`, `b`, `separator`, `bridge`.
    """
    number = pd.Series(np.arange(len(ids)), index=ids.to_numpy(dtype=object))
    open_ = (~borders["separator"] | borders["bridge"]).to_numpy(dtype=bool)
    ends = [number.loc[borders.loc[open_, end].to_numpy(dtype=object)].to_numpy() for end in ("a", "b")]
    links = (np.ones(len(ends[0]), dtype=np.int8), (ends[0], ends[1]))
    count, label = connected_components(coo_array(links, shape=(len(ids), len(ids))), directed=False)
    names = ids.to_numpy(dtype=object)
    parts = [tuple(names[label == part].tolist()) for part in range(count)]
    return tuple(sorted(parts, key=lambda part: (-len(part), part[0])))
