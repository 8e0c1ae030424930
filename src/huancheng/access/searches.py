"""Searches for all origins at once: nearest of each class, how many within limits, and the pairs themselves.

Every search runs backwards from the facilities, so that one pass serves all origins. Distances are those an origin
walks to a facility; with ``outward=True`` those from the facility to the origin (a fire engine's way).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from huancheng.access import kernels, scipy_engine
from huancheng.access.attachment import Attachment
from huancheng.access.compilation import HAS_NUMBA
from huancheng.access.contraction import Contraction
from huancheng.access.graph import StreetGraph
from huancheng.access.lengths import FAR, UNREACHED, Integers, Numbers

Engine: TypeAlias = Literal["numba", "scipy"]
"""Compiled kernels, or SciPy alone; the results are the same."""

BUCKET_SHIFT = 8
"""Width of a bucket of the queue: 2 to this power decimetres. Measured; the results don't depend on it."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Origins and targets within reach of each other, ordered by origin, then target.

    Parameters
    ----------
    origin, target
        Positions in the attachments.
    distance
        Decimetres; the costs themselves where the pairs come from a travel matrix.
    """

    origin: Integers
    target: Integers
    distance: Integers | Numbers

    def __len__(self) -> int:
        """Return the number of pairs."""
        return self.origin.size


def nearest_of_classes(
    graph: StreetGraph,
    origins: Attachment,
    targets: Mapping[str, Attachment],
    limit: int | None = None,
    *,
    threads: int = 1,
    outward: bool = False,
    engine: Engine | None = None,
) -> Integers:
    """Distance from every origin to the nearest target of each class.

    Parameters
    ----------
    graph
        Street graph both attachments belong to.
    origins
        Places one starts from.
    targets
        Places of the facilities, by class.
    limit
        Longest distance of interest in decimetres (inclusive); None for no limit.
    threads
        Classes searched at the same time; the result does not depend on it.
    outward
        Distances from the target to the origin instead.
    engine
        Compiled kernels where there are any, by default.

    Returns
    -------
    Integers
        Decimetres, shape (origins, classes) in the mapping's order; `UNREACHED` where there is no way, no attachment,
        or nothing within the limit.

    Raises
    ------
    ValueError
        If the limit is negative or there are fewer than one thread.
    """
    task = _Task(graph, origins, outward=outward, engine=engine)
    reach = checked_limit(limit)
    out = np.full((len(targets), len(origins)), UNREACHED, np.int32)

    def search(row: int, places: Integers) -> None:
        if task.engine == "scipy":
            scipy_engine.nearest_of_class(task.core, task.origin_rows, places, reach, out[row])
            return
        kernels.nearest_of_class(
            *task.core.arcs,
            task.core.chains,
            task.spans,
            task.origins,
            places,
            reach,
            BUCKET_SHIFT,
            bucket_number(task.core, places, reach),
            out[row],
        )

    _run(search, [task.rows(places) for places in targets.values()], threads)
    return out.T


def count_within(
    graph: StreetGraph,
    origins: Attachment,
    targets: Mapping[str, Attachment],
    distances: Sequence[int],
    *,
    threads: int = 1,
    outward: bool = False,
    engine: Engine | None = None,
) -> Integers:
    """Count the targets of each class within each distance of every origin.

    Parameters
    ----------
    graph, origins, targets, threads, outward, engine
        As for `nearest_of_classes`.
    distances
        Decimetres (inclusive), in any order.

    Returns
    -------
    Integers
        Counts, shape (origins, classes, distances) in the orders given; 0 for origins that are not attached.

    Raises
    ------
    ValueError
        If a distance is negative, none is given, or there are fewer than one thread.
    """
    task = _Task(graph, origins, outward=outward, engine=engine)
    limits, position = np.unique([checked_limit(int(distance)) for distance in distances], return_inverse=True)
    if not limits.size:
        message = "give at least one distance to count within"
        raise ValueError(message)
    limits = limits.astype(np.int32)
    out = np.zeros((len(targets), len(origins), limits.size), np.int32)

    def search(row: int, places: Integers) -> None:
        if task.engine == "scipy":
            scipy_engine.count_class(task.core, task.origin_rows, places, limits, out[row])
            return
        kernels.count_class(
            *task.core.arcs,
            task.core.chains,
            *task.core.touching,
            task.spans,
            task.origins,
            places,
            limits,
            BUCKET_SHIFT,
            bucket_number(task.core, places, int(limits[-1])),
            out[row],
        )

    _run(search, [_distinct(task.rows(places)) for places in targets.values()], threads)
    counts = out if np.array_equal(position, np.arange(limits.size)) else out[:, :, position]
    return counts.transpose(1, 0, 2)


def origin_destination_within(
    graph: StreetGraph,
    origins: Attachment,
    targets: Attachment,
    limit: int,
    *,
    threads: int = 1,
    outward: bool = False,
    engine: Engine | None = None,
) -> Pairs:
    """List every pair of origin and target not farther apart than the limit, with its distance.

    Parameters
    ----------
    graph, origins, threads, outward, engine
        As for `nearest_of_classes`.
    targets
        Places of the targets.
    limit
        Decimetres (inclusive).

    Returns
    -------
    Pairs
        Ordered by origin, then target.

    Raises
    ------
    ValueError
        If the limit is negative or there are fewer than one thread.
    """
    task = _Task(graph, origins, outward=outward, engine=engine)
    reach = checked_limit(limit)
    parts = np.array_split(task.rows(targets), max(threads, 1))
    found = [np.empty((0, 3), np.int32) for _ in parts]

    def search(row: int, places: Integers) -> None:
        if task.engine == "scipy":
            found[row] = scipy_engine.pairs_within(task.core, task.origin_rows, places, reach)
            return
        found[row] = kernels.pairs_within(
            *task.core.arcs,
            task.core.chains,
            *task.core.touching,
            task.spans,
            task.origins,
            places,
            reach,
            BUCKET_SHIFT,
            bucket_number(task.core, places, reach),
        )

    _run(search, parts, threads)
    every = np.concatenate(found)
    every = every[np.lexsort((every[:, 1], every[:, 0]))]
    return Pairs(*(np.ascontiguousarray(column) for column in every.T))


class _Task:
    """Origins made ready for a search: grouped by chain, on the core turned the way the search needs it."""

    def __init__(self, graph: StreetGraph, origins: Attachment, *, outward: bool, engine: Engine | None) -> None:
        self.engine: Engine = engine or ("numba" if HAS_NUMBA else "scipy")
        self.core = graph.contraction
        self._turned = outward and self.core.directed
        if self._turned:
            self.core = self.core.turned
            origins = origins.turned(self.core)
        position = np.flatnonzero(origins.attached).astype(np.int32)
        chain = origins.chain[position]
        first, order = kernels.group(chain, len(self.core.chains))
        rows = np.column_stack([position, chain, origins.offset[position], origins.detour[position]])
        self.origin_rows = np.ascontiguousarray(rows[order])
        self.origins = np.ascontiguousarray(self.origin_rows[:, [0, 2, 3]])
        longest = np.zeros(first.size - 1, np.int32)
        np.maximum.at(longest, self.origin_rows[:, 1], self.origin_rows[:, 3])
        self.spans = np.column_stack([first[:-1], first[1:], longest])

    def rows(self, targets: Attachment) -> Integers:
        """Rows (chain, offset, detour, position) of the targets that are attached, by place."""
        if self._turned:
            targets = targets.turned(self.core)
        position = np.flatnonzero(targets.attached).astype(np.int32)
        rows = np.column_stack([targets.chain, targets.offset, targets.detour])[position]
        order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))
        return np.ascontiguousarray(np.column_stack([rows, position])[order])


def _distinct(rows: Integers) -> Integers:
    """One row for each place in rows ordered by place, with the number of targets there in the last column."""
    differs = np.ones(len(rows), bool)
    differs[1:] = (rows[1:, :3] != rows[:-1, :3]).any(axis=1)
    first = np.flatnonzero(differs)
    return np.column_stack([rows[first, :3], np.diff(first, append=len(rows))]).astype(np.int32)


def bucket_number(core: Contraction, targets: Integers, limit: int) -> int:
    """Return the number of buckets: a power of two that spans the longest arc and the longest start label."""
    longest = core.longest + int(targets[:, 2].max(initial=0))
    return 1 << ((min(limit, longest) >> BUCKET_SHIFT) + 2).bit_length()


def checked_limit(limit: int | None) -> int:
    """Return the limit in decimetres, the longest there is for None; raise ValueError outside the range."""
    if limit is None:
        return FAR - 1
    if not 0 <= limit < FAR:
        message = f"a distance limit is a number of decimetres from 0 to {FAR - 1}, not {limit}"
        raise ValueError(message)
    return limit


def _run(search: Callable[[int, Integers], None], parts: Sequence[Integers], threads: int) -> None:
    """Search every part, the largest first, on some threads; parts without rows are left as they are."""
    if threads < 1:
        message = f"a search needs at least one thread, not {threads}"
        raise ValueError(message)
    order = [row for row in np.argsort([-len(part) for part in parts], kind="stable") if len(parts[row])]
    if threads == 1:
        for row in order:
            search(int(row), parts[row])
        return
    with ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(search, int(row), parts[row]) for row in order]:
            future.result()
