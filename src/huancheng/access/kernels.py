# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - a kernel is one loop over plain arrays; splitting it costs more than it
# explains, and numba takes no records of arrays.
"""The inner loops: contraction of chains, and searches with a bucket queue, on plain integer arrays.

All kernels stand in one file because numba's cache notices a change in the file of the function it caches, not in
files that file imports. The data model is in `contraction.py`:

``chains``
    One row per chain: core node it starts at, core node it ends at, length, and its kind: `ONE_WAY` from start to end,
    `TWO_WAY`, or `DEAD_END`: two-way with a dead end at its end. Searches never enter dead ends: one leaves
    them over the start.
``arc_first``, ``arcs``
    The core graph backwards: row ``arc_first[node]`` and following hold (core node one comes from, length).
``touching_first``, ``touching``
    Rows (chain, core node it starts at) of the chains that start or end at a core node; a loop stands once.

``spans``
    One row per chain: first origin on it, the one after the last, longest detour of these origins.
``origins``
    Grouped by chain; rows (position in the result, offset, detour).

A place on the graph is (chain, offset from the chain's start, detour): the detour is the way between the place and the
street. All lengths are decimetres.
"""

from __future__ import annotations

import numpy as np

from huancheng.access.compilation import compiled
from huancheng.access.lengths import FAR, Integers

ONE_WAY, TWO_WAY, DEAD_END = 0, 1, 2
"""Kinds of chain."""

IN_NO_LIST = -2
"""Marks a node that waits in no bucket."""

_THROUGH_DEGREE = 2


@compiled
def group(keys: Integers, groups: int) -> tuple[Integers, Integers]:
    """Return the first position of each group (one more at the end) and the stable order of the items by group."""
    first = np.zeros(groups + 1, np.int32)
    for key in keys:
        first[key + 1] += 1
    for position in range(groups):
        first[position + 1] += first[position]
    at = first[:-1].copy()
    order = np.empty(keys.size, np.int32)
    for item in range(keys.size):
        order[at[keys[item]]] = item
        at[keys[item]] += 1
    return first, order


@compiled
def passes_through(first: Integers, halves: Integers, two_way: Integers, through: Integers) -> None:
    """Mark nodes where exactly two edges meet that can be walked as one."""
    for node in range(through.size):
        begin = first[node]
        if first[node + 1] - begin != _THROUGH_DEGREE:
            continue
        one, other = halves[begin], halves[begin + 1]
        if one // 2 == other // 2:
            continue
        if two_way[one // 2] == two_way[other // 2] and (two_way[one // 2] == 1 or one % 2 != other % 2):
            through[node] = 1


@compiled
def set_row(table: Integers, row: int, one: int, two: int, three: int, four: int) -> None:
    """Write a row of four."""
    table[row, 0] = one
    table[row, 1] = two
    table[row, 2] = three
    table[row, 3] = four


@compiled
def doubled(table: Integers) -> Integers:
    """Return the table with room for twice the rows."""
    grown = np.empty((2 * table.shape[0], table.shape[1]), np.int32)
    grown[: table.shape[0]] = table
    return grown


@compiled
def walk_chains(
    tail: Integers,
    head: Integers,
    length: Integers,
    two_way: Integers,
    first: Integers,
    halves: Integers,
    through: Integers,
) -> tuple[Integers, Integers, Integers]:
    """Follow every chain of edges from core node to core node.

    Half-edge ``2 * edge`` is the edge seen from its tail, ``2 * edge + 1`` from its head. `through` is changed where a
    ring has no core node: its lowest node becomes one.

    Returns
    -------
    tuple
        Chains (start node, end node, length, two-way), positions of edges (chain, offset of the tail in it, 1 or -1 as
        the edge runs with the chain or against it) and positions of nodes (chain, offset).
    """
    nodes, edges = through.size, tail.size
    chains = np.empty((edges + nodes, 4), np.int32)
    edge_at = np.full((edges, 3), -1, np.int32)
    node_at = np.full((nodes, 2), -1, np.int32)
    count = 0
    for sweep in range(2):
        for start in range(nodes):
            if sweep == 1:
                if through[start] == 0 or node_at[start, 0] >= 0:
                    continue
                through[start] = 0
            elif through[start] == 1:
                continue
            if first[start] == first[start + 1]:
                set_row(chains, count, start, start, 0, 1)
                node_at[start, 0], node_at[start, 1] = count, 0
                count += 1
            for slot in range(first[start], first[start + 1]):
                half = halves[slot]
                edge = half // 2
                if edge_at[edge, 0] >= 0 or (two_way[edge] == 0 and half % 2 == 1):
                    continue
                offset = 0
                node = start
                while True:
                    edge = half // 2
                    edge_at[edge, 0] = count
                    if half % 2 == 0:
                        edge_at[edge, 1] = offset
                        edge_at[edge, 2] = 1
                        node = head[edge]
                    else:
                        edge_at[edge, 1] = offset + length[edge]
                        edge_at[edge, 2] = -1
                        node = tail[edge]
                    offset += length[edge]
                    if through[node] == 0:
                        break
                    node_at[node, 0], node_at[node, 1] = count, offset
                    half = halves[first[node]]
                    if half // 2 == edge:
                        half = halves[first[node] + 1]
                set_row(chains, count, start, node, offset, two_way[edge])
                if node_at[start, 0] < 0:
                    node_at[start, 0], node_at[start, 1] = count, 0
                if node_at[node, 0] < 0:
                    node_at[node, 0], node_at[node, 1] = count, offset
                count += 1
    return chains[:count].copy(), edge_at, node_at


@compiled
def spread(
    arc_first: Integers,
    arcs: Integers,
    starts: Integers,
    limit: int,
    shift: int,
    labels: Integers,
    touched: Integers,
    heads: Integers,
    links: Integers,
) -> int:
    """Search from several starts at once up to `limit`; exact, whatever the width of the buckets.

    A bucket holds the nodes whose labels lie in one stretch of ``2 ** shift`` decimetres, as a doubly linked list.
    Inside its bucket a node may be labelled and taken out again; the last label is the shortest.

    Parameters
    ----------
    starts
        Rows (core node, label).
    labels
        All `FAR` on entry; shortest distances on return.
    touched
        Takes the nodes that got a label, in the order they got it.
    heads
        First node of each bucket, -1 for none, as on entry so on return; their number is a power of two and spans the
        longest arc and the longest label in `starts`.
    links
        Rows (next node, node before) of the lists; -1 for none, `IN_NO_LIST` in the second column of a node that is in
        no list.

    Returns
    -------
    int
        Number of nodes touched.
    """
    mask = heads.size - 1
    queued = 0
    count = 0
    bucket = 0
    arc = 0
    stop = starts.shape[0]
    base = 0
    seeding = True
    while seeding or queued > 0:
        if seeding:
            seeding = False
        else:
            node = heads[bucket]
            if node < 0:
                bucket = (bucket + 1) & mask
                continue
            after = links[node, 0]
            heads[bucket] = after
            if after >= 0:
                links[after, 1] = -1
            links[node, 1] = IN_NO_LIST
            queued -= 1
            base = labels[node]
            arc = arc_first[node]
            stop = arc_first[node + 1]
            starts = arcs
        while arc < stop:
            other = starts[arc, 0]
            label = base + starts[arc, 1]
            arc += 1
            old = labels[other]
            if label >= old or label > limit:
                continue
            if old == FAR:
                touched[count] = other
                count += 1
            elif links[other, 1] != IN_NO_LIST:
                after, before = links[other, 0], links[other, 1]
                if before < 0:
                    heads[(old >> shift) & mask] = after
                else:
                    links[before, 0] = after
                if after >= 0:
                    links[after, 1] = before
                queued -= 1
            labels[other] = label
            slot = (label >> shift) & mask
            after = heads[slot]
            links[other, 0] = after
            links[other, 1] = -1
            if after >= 0:
                links[after, 1] = other
            heads[slot] = other
            queued += 1
    return count


@compiled
def entry_labels(chains: Integers, chain: int, offset: int, detour: int, starts: Integers) -> int:
    """Write the core nodes from which a target on a chain is entered, with their labels; return how many."""
    kind = chains[chain, 3]
    starts[0, 0] = chains[chain, 0]
    starts[0, 1] = detour + offset
    if kind == DEAD_END or (kind == ONE_WAY and offset < chains[chain, 2]):
        return 1
    starts[1, 0] = chains[chain, 1]
    starts[1, 1] = detour + chains[chain, 2] - offset
    return 2


@compiled
def exit_distance(kind: int, length: int, offset: int, at_start: int, at_end: int) -> int:
    """Shortest way from a place on a chain over either end, given the labels of both ends."""
    over_end = at_end + length - offset
    if kind == ONE_WAY and offset > 0:
        return over_end
    return min(at_start + offset, over_end)


@compiled
def direct_distance(kind: int, origin: int, target: int) -> int:
    """Way along a chain from one place on it to another; `FAR` against a one-way."""
    if target >= origin:
        return target - origin
    if kind == ONE_WAY:
        return FAR
    return origin - target


@compiled
def nearest_of_class(
    arc_first: Integers,
    arcs: Integers,
    chains: Integers,
    spans: Integers,
    origins: Integers,
    targets: Integers,
    limit: int,
    shift: int,
    buckets: int,
    out: Integers,
) -> None:
    """One multi-source pass: distance from every origin to the nearest target.

    Parameters
    ----------
    targets
        Rows (chain, offset, detour).
    out
        -1 on entry; takes the distances within the limit.
    """
    nodes = arc_first.size - 1
    starts = np.empty((2 * targets.shape[0], 2), np.int32)
    count = 0
    for target in range(targets.shape[0]):
        room = starts[count : count + 2]
        count += entry_labels(chains, targets[target, 0], targets[target, 1], targets[target, 2], room)
    labels = np.full(nodes, FAR, np.int32)
    touched = np.empty(nodes, np.int32)
    heads = np.full(buckets, -1, np.int32)
    spread(arc_first, arcs, starts[:count], limit, shift, labels, touched, heads, np.empty((nodes, 2), np.int32))
    for chain in range(chains.shape[0]):
        begin, stop = spans[chain, 0], spans[chain, 1]
        if begin == stop:
            continue
        at_start, at_end = labels[chains[chain, 0]], labels[chains[chain, 1]]
        length, kind = chains[chain, 2], chains[chain, 3]
        for origin in range(begin, stop):
            distance = exit_distance(kind, length, origins[origin, 1], at_start, at_end) + origins[origin, 2]
            if distance <= limit:
                out[origins[origin, 0]] = distance
    for target in range(targets.shape[0]):
        chain = targets[target, 0]
        for origin in range(spans[chain, 0], spans[chain, 1]):
            along = direct_distance(chains[chain, 3], origins[origin, 1], targets[target, 1])
            distance = along + origins[origin, 2] + targets[target, 2]
            position = origins[origin, 0]
            if distance <= limit and (out[position] < 0 or distance < out[position]):
                out[position] = distance


@compiled
def smallest_limit(distance: int, limits: Integers) -> int:
    """Position of the first limit that is not below the distance; their number where all are."""
    position = 0
    while position < limits.size and distance > limits[position]:
        position += 1
    return position


@compiled
def count_class(
    arc_first: Integers,
    arcs: Integers,
    chains: Integers,
    touching_first: Integers,
    touching: Integers,
    spans: Integers,
    origins: Integers,
    targets: Integers,
    limits: Integers,
    shift: int,
    buckets: int,
    out: Integers,
) -> None:
    """Count, for every origin, the targets within each limit: one bounded search backwards from each place of targets.

    A chain that lies wholly within a limit is counted once for all origins on it; only chains cut by a limit are
    looked at origin by origin. Counts are kept at the smallest limit that holds and summed up at the end.

    Parameters
    ----------
    targets
        Rows (chain, offset, detour, number of targets at this place).
    limits
        Ascending.
    out
        Shape (origins, limits); takes the counts.
    """
    nodes = arc_first.size - 1
    number = limits.size
    whole = np.zeros((chains.shape[0], number + 1), np.int32)
    single = np.zeros((origins.shape[0], number + 1), np.int32)
    labels = np.full(nodes, FAR, np.int32)
    touched = np.empty(nodes, np.int32)
    heads = np.full(buckets, -1, np.int32)
    links = np.empty((nodes, 2), np.int32)
    starts = np.empty((2, 2), np.int32)
    for target in range(targets.shape[0]):
        home, place, detour, weight = targets[target, 0], targets[target, 1], targets[target, 2], targets[target, 3]
        begun = entry_labels(chains, home, place, detour, starts)
        count = spread(arc_first, arcs, starts[:begun], limits[-1], shift, labels, touched, heads, links)
        for position in range(count):
            node = touched[position]
            for slot in range(touching_first[node], touching_first[node + 1]):
                chain, start = touching[slot, 0], touching[slot, 1]
                if node != start and labels[start] != FAR:
                    continue
                begin, stop = spans[chain, 0], spans[chain, 1]
                if begin == stop or chain == home:
                    continue
                at_start, at_end = labels[start], labels[chains[chain, 1]]
                length, kind = chains[chain, 2], chains[chain, 3]
                farthest = at_end + length
                if kind == TWO_WAY:
                    farthest = (at_start + farthest) >> 1
                elif kind == DEAD_END:
                    farthest = at_start + length
                all_within = smallest_limit(farthest + spans[chain, 2], limits)
                whole[chain, all_within] += weight
                if all_within == 0 or min(at_start, at_end) > limits[all_within - 1]:
                    continue
                for origin in range(begin, stop):
                    distance = exit_distance(kind, length, origins[origin, 1], at_start, at_end) + origins[origin, 2]
                    within = smallest_limit(distance, limits)
                    if within < all_within:
                        single[origin, within] += weight
                        single[origin, all_within] -= weight
        at_start, at_end = labels[chains[home, 0]], labels[chains[home, 1]]
        length, kind = chains[home, 2], chains[home, 3]
        for origin in range(spans[home, 0], spans[home, 1]):
            along = direct_distance(kind, origins[origin, 1], place) + detour
            over_ends = exit_distance(kind, length, origins[origin, 1], at_start, at_end)
            single[origin, smallest_limit(min(along, over_ends) + origins[origin, 2], limits)] += weight
        for position in range(count):
            labels[touched[position]] = FAR
    for chain in range(chains.shape[0]):
        for origin in range(spans[chain, 0], spans[chain, 1]):
            total = 0
            for position in range(number):
                total += whole[chain, position] + single[origin, position]
                out[origins[origin, 0], position] = total


@compiled
def pairs_within(
    arc_first: Integers,
    arcs: Integers,
    chains: Integers,
    touching_first: Integers,
    touching: Integers,
    spans: Integers,
    origins: Integers,
    targets: Integers,
    limit: int,
    shift: int,
    buckets: int,
) -> Integers:
    """List every pair of origin and target within the limit.

    Parameters
    ----------
    targets
        Rows (chain, offset, detour, target).

    Returns
    -------
    Integers
        Rows (origin, target, distance), by target; the order of origins within a target is that of the search.
    """
    nodes = arc_first.size - 1
    labels = np.full(nodes, FAR, np.int32)
    touched = np.empty(nodes, np.int32)
    heads = np.full(buckets, -1, np.int32)
    links = np.empty((nodes, 2), np.int32)
    starts = np.empty((2, 2), np.int32)
    found = np.empty((1024, 3), np.int32)
    pairs = 0
    for target in range(targets.shape[0]):
        home, place, detour = targets[target, 0], targets[target, 1], targets[target, 2]
        begun = entry_labels(chains, home, place, detour, starts)
        count = spread(arc_first, arcs, starts[:begun], limit, shift, labels, touched, heads, links)
        for position in range(count + 1):
            begin, end = 0, 1
            if position < count:
                begin, end = touching_first[touched[position]], touching_first[touched[position] + 1]
            for slot in range(begin, end):
                chain = touching[slot, 0] if position < count else home
                start = chains[chain, 0]
                if position < count and (chain == home or (touched[position] != start and labels[start] != FAR)):
                    continue
                at_start, at_end = labels[chains[chain, 0]], labels[chains[chain, 1]]
                length, kind = chains[chain, 2], chains[chain, 3]
                for origin in range(spans[chain, 0], spans[chain, 1]):
                    distance = exit_distance(kind, length, origins[origin, 1], at_start, at_end)
                    if chain == home:
                        distance = min(distance, direct_distance(kind, origins[origin, 1], place) + detour)
                    distance += origins[origin, 2]
                    if distance <= limit:
                        if pairs == found.shape[0]:
                            found = doubled(found)
                        found[pairs, 0], found[pairs, 1], found[pairs, 2] = (
                            origins[origin, 0],
                            targets[target, 3],
                            distance,
                        )
                        pairs += 1
        for position in range(count):
            labels[touched[position]] = FAR
    return found[:pairs].copy()


@compiled
def parts_within(
    arc_first: Integers,
    arcs: Integers,
    chains: Integers,
    touching_first: Integers,
    touching: Integers,
    targets: Integers,
    limit: int,
    shift: int,
    buckets: int,
) -> Integers:
    """List the parts of chains from which some target of a group is within the limit.

    Parameters
    ----------
    targets
        Rows (chain, offset, detour, group), ordered by group.

    Returns
    -------
    Integers
        Rows (group, chain, begin, end); parts of a chain may overlap.
    """
    nodes = arc_first.size - 1
    labels = np.full(nodes, FAR, np.int32)
    touched = np.empty(nodes, np.int32)
    heads = np.full(buckets, -1, np.int32)
    links = np.empty((nodes, 2), np.int32)
    starts = np.empty((2 * targets.shape[0], 2), np.int32)
    parts = np.empty((1024, 4), np.int32)
    found = 0
    stop = 0
    while stop < targets.shape[0]:
        begin = stop
        begun = 0
        group_number = targets[begin, 3]
        while stop < targets.shape[0] and targets[stop, 3] == group_number:
            begun += entry_labels(
                chains, targets[stop, 0], targets[stop, 1], targets[stop, 2], starts[begun : begun + 2]
            )
            stop += 1
        count = spread(arc_first, arcs, starts[:begun], limit, shift, labels, touched, heads, links)
        for position in range(count):
            node = touched[position]
            for slot in range(touching_first[node], touching_first[node + 1]):
                chain, start = touching[slot, 0], touching[slot, 1]
                if node != start and labels[start] != FAR:
                    continue
                if found + 2 > parts.shape[0]:
                    parts = doubled(parts)
                length = chains[chain, 2]
                up_to = limit - labels[chains[chain, 0]] if chains[chain, 3] != ONE_WAY else -1
                from_on = length - limit + labels[chains[chain, 1]]
                if up_to >= 0:
                    set_row(parts, found, group_number, chain, 0, length if from_on <= up_to else min(length, up_to))
                    found += 1
                if from_on <= length and (up_to < 0 or from_on > up_to):
                    set_row(parts, found, group_number, chain, max(from_on, 0), length)
                    found += 1
        for target in range(begin, stop):
            chain, place, spare = targets[target, 0], targets[target, 1], limit - targets[target, 2]
            if spare >= 0:
                if found == parts.shape[0]:
                    parts = doubled(parts)
                end = min(place + spare, chains[chain, 2]) if chains[chain, 3] != ONE_WAY else place
                set_row(parts, found, group_number, chain, max(place - spare, 0), end)
                found += 1
        for position in range(count):
            labels[touched[position]] = FAR
    return parts[:found].copy()
