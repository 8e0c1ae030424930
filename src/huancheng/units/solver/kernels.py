# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - a kernel is one loop over plain arrays; splitting it costs more than it
# explains.
"""The inner loops of the search: annealed moves of single atoms across borders, and what regions cost.

All kernels of the moves stand in one file because numba's cache notices a change in the file of the function it caches,
not in files that file imports. The arrays are described in `tables.py`. Random numbers come from our own
generator, so that a seed gives the same plan with and without compilation.
"""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.compilation import compiled
from huancheng.units.solver.tables import Content, Graph, Plan, Ranges

_WORD = 0xFFFFFFFF

FIXED_CHARGE = 0.04
"""What any breach costs at least, in terms of an empty unit: many small breaches must not be cheaper than one."""

FAR = 1e300
"""Larger than any objective."""


@compiled
def draw(state: IntArray) -> int:
    """Return the next whole number below 2**32 (xorshift, Marsaglia 2003)."""
    word: int = state[0]
    word ^= (word << 13) & _WORD
    word ^= word >> 17
    word ^= (word << 5) & _WORD
    state[0] = word
    return word


@compiled
def charge(breach: float, bend: float) -> float:
    """Cost of a breach.

    With bend 1 it is concave: one unit far from its floor is cheaper than many near theirs, so shortfalls gather and
    the units that carry them can be given up. With bend 0 it is linear.
    """
    if breach <= 0.0:
        return 0.0
    if breach < 1.0:
        return FIXED_CHARGE + (1.0 - FIXED_CHARGE) * breach * (1.0 + bend * (1.0 - breach))
    return breach


@compiled
def breach_of(ranges: Ranges, sums: FloatArray, slot: int, atom: int, sign: float) -> float:
    """How far a slot is from its ranges once an atom has come (sign 1), gone (-1) or neither (0)."""
    total = 0.0
    for limit in range(ranges.low.size):
        value = sums[slot, limit]
        if sign != 0.0:
            value += sign * ranges.values[atom, limit]
        slack = 1e-9 * ranges.scale[limit]
        if value < ranges.low[limit] - slack:
            total += (ranges.low[limit] - value) / ranges.scale[limit]
        elif value > ranges.high[limit] + slack:
            total += (value - ranges.high[limit]) / ranges.scale[limit]
    return total


@compiled
def unlike(content: Content, one: int, other: int) -> float:
    """Sum of absolute differences between the rows of two atoms."""
    total = 0.0
    for row in range(content.first[one], content.first[one + 1]):
        for mate in range(content.first[other], content.first[other + 1]):
            for attribute in range(content.attributes.shape[1]):
                total += abs(content.attributes[row, attribute] - content.attributes[mate, attribute])
    return total


@compiled
def unlike_unit(content: Content, plan: Plan, atom: int, slot: int) -> float:
    """Sum of absolute differences between an atom and the others of a slot."""
    total = 0.0
    mate = plan.head[slot]
    while mate >= 0:
        if mate != atom:
            total += unlike(content, atom, mate)
        mate = plan.after[mate]
    return total


@compiled
def farthest(content: Content, plan: Plan, slot: int, leaving: int, coming: int, median: int, stop: float) -> float:
    """Squared distance from a row to the farthest row of a slot; gives up beyond `stop`."""
    x, y = content.places[median, 0], content.places[median, 1]
    most = 0.0
    atom = coming if coming >= 0 else plan.head[slot]
    while atom >= 0:
        if atom != leaving:
            for row in range(content.first[atom], content.first[atom + 1]):
                most = max(most, (content.places[row, 0] - x) ** 2 + (content.places[row, 1] - y) ** 2)
            if most > stop:
                return most
        atom = plan.head[slot] if atom == coming else plan.after[atom]
    return most


@compiled
def spread_of(content: Content, plan: Plan, slot: int, leaving: int, coming: int) -> tuple[float, float]:
    """Weighted squared distance of a slot's rows to its median row, with an atom gone or come; and its breach.

    The median is the row nearest to the weighted centroid, since the sum of squares around any point is that around
    the centroid plus the weight times the squared distance between the two. Under an assignment radius it is the
    nearest one that reaches every row.

    Returns
    -------
    tuple
        Weighted squared distance, and by how much of the radius the nearest row misses the farthest where none reaches.
    """
    weight, east, north, squares = (
        plan.moments[slot, 0], plan.moments[slot, 1], plan.moments[slot, 2], plan.moments[slot, 3],
    )  # fmt: skip
    if leaving >= 0:
        weight -= content.moments[leaving, 0]
        east -= content.moments[leaving, 1]
        north -= content.moments[leaving, 2]
        squares -= content.moments[leaving, 3]
    if coming >= 0:
        weight += content.moments[coming, 0]
        east += content.moments[coming, 1]
        north += content.moments[coming, 2]
        squares += content.moments[coming, 3]
    x = y = 0.0
    if weight > 0.0:
        x, y = east / weight, north / weight
    reach = content.radius[0] ** 2 * (1.0 + 1e-12)
    best, nearest, median = FAR, FAR, -1
    atom = coming if coming >= 0 else plan.head[slot]
    while atom >= 0:
        if atom != leaving:
            for row in range(content.first[atom], content.first[atom + 1]):
                distance = (content.places[row, 0] - x) ** 2 + (content.places[row, 1] - y) ** 2
                if distance < nearest:
                    nearest, median = distance, row
                if distance < best and (
                    reach == np.inf or farthest(content, plan, slot, leaving, coming, row, reach) <= reach
                ):
                    best = distance
        atom = plan.head[slot] if atom == coming else plan.after[atom]
    if median < 0:
        return 0.0, 0.0
    inertia = max(squares - weight * (x * x + y * y), 0.0)
    if best < FAR:
        return inertia + weight * best, 0.0
    most = farthest(content, plan, slot, leaving, coming, median, FAR)
    return inertia + weight * nearest, most**0.5 / content.radius[0] - 1.0


@compiled
def inertia_of(content: Content, plan: Plan, slot: int, atom: int, sign: float) -> float:
    """Weighted squared distance of a slot's rows to their centroid, an atom come or gone: no median is nearer."""
    weight = plan.moments[slot, 0] + sign * content.moments[atom, 0]
    if weight <= 0.0:
        return 0.0
    east = plan.moments[slot, 1] + sign * content.moments[atom, 1]
    north = plan.moments[slot, 2] + sign * content.moments[atom, 2]
    squares = plan.moments[slot, 3] + sign * content.moments[atom, 3]
    inertia: float = max(squares - (east * east + north * north) / weight, 0.0)
    return inertia


@compiled
def link(plan: Plan, atom: int, slot: int) -> None:
    """Put an atom at the head of a slot's list."""
    after = plan.head[slot]
    plan.after[atom] = after
    plan.before[atom] = -1
    if after >= 0:
        plan.before[after] = atom
    plan.head[slot] = atom
    plan.unit[atom] = slot
    plan.count[slot] += 1


@compiled
def unlink(plan: Plan, atom: int) -> None:
    """Take an atom out of its slot's list."""
    slot = plan.unit[atom]
    before, after = plan.before[atom], plan.after[atom]
    if before < 0:
        plan.head[slot] = after
    else:
        plan.after[before] = after
    if after >= 0:
        plan.before[after] = before
    plan.count[slot] -= 1


@compiled
def measure_slot(ranges: Ranges, content: Content, plan: Plan, slot: int, compact: bool) -> None:
    """Compute a slot's figures from its members."""
    plan.sums[slot, :] = 0.0
    plan.moments[slot, :] = 0.0
    total = 0.0
    atom = plan.head[slot]
    while atom >= 0:
        for limit in range(ranges.low.size):
            plan.sums[slot, limit] += ranges.values[atom, limit]
        for moment in range(4):
            plan.moments[slot, moment] += content.moments[atom, moment]
        total += unlike_unit(content, plan, atom, slot) + unlike(content, atom, atom)
        atom = plan.after[atom]
    plan.unlike[slot] = 0.5 * total
    plan.spread[slot] = 0.0
    plan.breach[slot] = 0.0
    if plan.count[slot] == 0:
        return
    plan.breach[slot] = breach_of(ranges, plan.sums, slot, 0, 0.0)
    if compact:
        spread, missed = spread_of(content, plan, slot, -1, -1)
        plan.spread[slot] = spread
        plan.breach[slot] += missed


@compiled
def measure(ranges: Ranges, content: Content, plan: Plan, compact: bool) -> None:
    """Build the lists of members from `plan.unit` and compute every slot's figures."""
    plan.head[:] = -1
    plan.count[:] = 0
    for atom in range(plan.unit.size):
        link(plan, atom, plan.unit[atom])
    for slot in range(plan.head.size):
        measure_slot(ranges, content, plan, slot, compact)


@compiled
def stays_connected(graph: Graph, unit: IntArray, atom: int, seen: IntArray, queue: IntArray, stamp: int) -> bool:
    """Whether the unit of an atom stays connected without it: a search from one neighbour until all are met."""
    slot = unit[atom]
    wanted = 0
    start = -1
    for place in range(graph.first[atom], graph.first[atom + 1]):
        mate = graph.near[place]
        if unit[mate] == slot:
            wanted += 1
            start = mate
            seen[mate] = -stamp
    if wanted <= 1:
        return True
    seen[atom] = stamp
    seen[start] = stamp
    queue[0] = start
    wanted -= 1
    begin, end = 0, 1
    while begin < end:
        mate = queue[begin]
        begin += 1
        for place in range(graph.first[mate], graph.first[mate + 1]):
            other = graph.near[place]
            if unit[other] != slot or seen[other] == stamp:
                continue
            if seen[other] == -stamp:
                wanted -= 1
                if wanted == 0:
                    return True
            seen[other] = stamp
            queue[end] = other
            end += 1
    return False


@compiled
def has_foe(graph: Graph, unit: IntArray, atom: int, slot: int) -> bool:
    """Whether a slot holds an atom that may not share a unit with this one."""
    for place in range(graph.foe_first[atom], graph.foe_first[atom + 1]):  # noqa: SIM110 - numba knows no any()
        if unit[graph.foes[place]] == slot:
            return True
    return False


@compiled
def move(ranges: Ranges, content: Content, plan: Plan, atom: int, slot: int) -> None:
    """Move an atom to a slot; sums and moments follow, the other figures are the caller's."""
    old = plan.unit[atom]
    unlink(plan, atom)
    link(plan, atom, slot)
    for limit in range(ranges.low.size):
        plan.sums[old, limit] -= ranges.values[atom, limit]
        plan.sums[slot, limit] += ranges.values[atom, limit]
    for moment in range(4):
        plan.moments[old, moment] -= content.moments[atom, moment]
        plan.moments[slot, moment] += content.moments[atom, moment]


@compiled
def total_objective(graph: Graph, plan: Plan, terms: FloatArray) -> float:
    """Objective of a plan from its slots' figures and its borders."""
    total: float = terms[0] * plan.spread.sum() + terms[2] * plan.unlike.sum()
    if terms[1] > 0.0:
        for atom in range(plan.unit.size):
            for place in range(graph.first[atom], graph.first[atom + 1]):
                if plan.unit[graph.near[place]] != plan.unit[atom]:
                    total += 0.5 * terms[1] * graph.off[place]
    return total


@compiled
def broken_slots(plan: Plan) -> int:
    """Count the slots that break a range."""
    broken = 0
    for slot in range(plan.breach.size):
        if plan.breach[slot] > 0.0:
            broken += 1
    return broken


@compiled
def set_figures(plan: Plan, here: int, there: int, figures: FloatArray) -> None:
    """Write breach, spread and dissimilarity of two slots."""
    plan.breach[here], plan.breach[there] = figures[0], figures[1]
    plan.spread[here], plan.spread[there] = figures[2], figures[3]
    plan.unlike[here], plan.unlike[there] = figures[4], figures[5]


@compiled
def member_at(plan: Plan, slot: int, state: IntArray) -> int:
    """Return a random member of a slot."""
    member: int = plan.head[slot]
    for _ in range(draw(state) % plan.count[slot]):
        member = plan.after[member]
    return member


@compiled
def near_at(graph: Graph, atom: int, state: IntArray) -> int:
    """Return a random neighbour of an atom that has one."""
    mate: int = graph.near[graph.first[atom] + draw(state) % (graph.first[atom + 1] - graph.first[atom])]
    return mate


@compiled
def anneal(
    graph: Graph,
    ranges: Ranges,
    content: Content,
    plan: Plan,
    terms: FloatArray,
    penalty: float,
    bend: float,
    chain: int,
    hot: float,
    cold: float,
    steps: int,
    state: IntArray,
    best_unit: IntArray,
    best: FloatArray,
) -> int:
    """Annealed moves of single atoms to a neighbouring unit; connectivity is tested exactly, ranges cost a penalty.

    A move that is refused because a unit falls short draws a further atom into that unit, or passes one on from a unit
    that is too full, and both are judged as one: exchanges find room where floors are nearly filled.

    Parameters
    ----------
    plan
        Measured; changed in place.
    terms
        What compactness, border and dissimilarity weigh.
    penalty, bend
        What an empty unit costs, and how the cost of a breach bends; see `charge`.
    chain
        Most further atoms that follow a refused one.
    hot, cold
        Temperature at the first and at the last step.
    steps
        Number of proposals.
    best_unit, best
        Best plan met and its broken slots and objective: fewer broken slots first; looked at now and then.

    Returns
    -------
    int
        Moves made.
    """
    atoms = plan.unit.size
    seen = np.zeros(atoms, np.int64)
    queue = np.empty(atoms, np.int64)
    before, after = np.empty((chain + 1, 6)), np.empty(6)
    atom_of, from_of = np.empty(chain + 1, np.int64), np.empty(chain + 1, np.int64)
    cooling = (cold / hot) ** (1.0 / max(steps, 1))
    temperature = hot
    objective = total_objective(graph, plan, terms)
    broken = broken_slots(plan)
    placed = terms[0] > 0.0 or content.radius[0] < np.inf
    moved, stamp = 0, 0
    look = max(atoms // 2, 64)
    next_look = 0
    for step in range(steps + 1):
        if step >= next_look or step == steps:
            next_look = step + look
            temperature = hot * cooling**step
            if broken < best[0] or (broken == best[0] and objective < best[1] - 1e-9):
                best[0], best[1] = broken, objective
                best_unit[:] = plan.unit
            if step == steps:
                break
        atom = draw(state) % atoms
        if graph.first[atom + 1] == graph.first[atom]:
            continue
        there = plan.unit[near_at(graph, atom, state)]
        if plan.unit[atom] == there:
            continue
        allowed = -temperature * np.log((draw(state) + 1.0) / 4294967297.0)
        changed, depth, mended = 0.0, 0, 0
        taken = False
        while True:
            here = plan.unit[atom]
            if plan.count[here] == 1 or (
                graph.foe_first[atom + 1] > graph.foe_first[atom] and has_foe(graph, plan.unit, atom, there)
            ):
                break
            left = breach_of(ranges, plan.sums, here, atom, -1.0)
            come = breach_of(ranges, plan.sums, there, atom, 1.0)
            change = 0.0
            if terms[1] > 0.0:
                for place in range(graph.first[atom], graph.first[atom + 1]):
                    slot = plan.unit[graph.near[place]]
                    if slot == here:
                        change += terms[1] * graph.off[place]
                    elif slot == there:
                        change -= terms[1] * graph.off[place]
            after[2] = after[3] = 0.0
            if placed:
                if chain == 0 and terms[2] == 0.0:
                    least = inertia_of(content, plan, here, atom, -1.0) + inertia_of(content, plan, there, atom, 1.0)
                    least = change + terms[0] * (least - plan.spread[here] - plan.spread[there])
                    toll = charge(left, bend) + charge(come, bend)
                    toll -= charge(plan.breach[here], bend) + charge(plan.breach[there], bend)
                    if least + penalty * toll > allowed:
                        break
                after[2], missed_left = spread_of(content, plan, here, atom, -1)
                after[3], missed_come = spread_of(content, plan, there, -1, atom)
                left += missed_left
                come += missed_come
                change += terms[0] * (after[2] + after[3] - plan.spread[here] - plan.spread[there])
            toll = charge(left, bend) + charge(come, bend)
            toll -= charge(plan.breach[here], bend) + charge(plan.breach[there], bend)
            # where nothing may follow, a move that the penalty alone forbids is not worth the dearer terms
            follows = depth < chain and toll > 0.0
            lost, gained = 0.0, 0.0
            if terms[2] > 0.0:
                lost = unlike_unit(content, plan, atom, here)
                if not follows and change + penalty * toll - terms[2] * lost > allowed:
                    break
                gained = unlike_unit(content, plan, atom, there)
                change += terms[2] * (gained - lost)
            changed += change
            allowed -= change + penalty * toll
            taken = allowed >= 0.0
            if not taken and not follows:
                break
            stamp += 1
            if not stays_connected(graph, plan.unit, atom, seen, queue, stamp):
                taken = False
                break
            short = left > plan.breach[here]
            mended += int(left > 0.0) - int(plan.breach[here] > 0.0)
            mended += int(come > 0.0) - int(plan.breach[there] > 0.0)
            for end in range(2):
                slot = here if end == 0 else there
                before[depth, end] = plan.breach[slot]
                before[depth, 2 + end] = plan.spread[slot]
                before[depth, 4 + end] = plan.unlike[slot]
            after[0], after[1] = left, come
            after[4], after[5] = plan.unlike[here] - lost, plan.unlike[there] + gained
            atom_of[depth], from_of[depth] = atom, here
            move(ranges, content, plan, atom, there)
            set_figures(plan, here, there, after)
            depth += 1
            if taken:
                break
            last = atom
            if short:
                atom, there = near_at(graph, member_at(plan, here, state), state), here
            else:
                atom = member_at(plan, there, state)
                there = plan.unit[near_at(graph, atom, state)]
            if atom == last or plan.unit[atom] == there:
                break
        if taken:
            objective += changed
            broken += mended
            moved += depth
            continue
        while depth > 0:
            depth -= 1
            there = plan.unit[atom_of[depth]]
            move(ranges, content, plan, atom_of[depth], from_of[depth])
            set_figures(plan, from_of[depth], there, before[depth])
    return moved


@compiled
def price_regions(
    graph: Graph, content: Content, terms: FloatArray, first: IntArray, members: IntArray, cost: FloatArray
) -> None:
    """Compute what each region adds to the objective; `FAR` where no row reaches all others within the radius.

    Atoms of region ``r`` are ``members[first[r]:first[r + 1]]``; a border between two regions counts half in each.
    """
    inside = np.full(graph.first.size - 1, -1, np.int64)
    reach = content.radius[0] ** 2 * (1.0 + 1e-12)
    for region in range(cost.size):
        begin, end = first[region], first[region + 1]
        for position in range(begin, end):
            inside[members[position]] = region
        total = 0.0
        if terms[2] > 0.0:
            for position in range(begin, end):
                total += 0.5 * terms[2] * unlike(content, members[position], members[position])
                for other in range(begin, position):
                    total += terms[2] * unlike(content, members[position], members[other])
        if terms[1] > 0.0:
            for position in range(begin, end):
                atom = members[position]
                for place in range(graph.first[atom], graph.first[atom + 1]):
                    if inside[graph.near[place]] != region:
                        total += 0.5 * terms[1] * graph.off[place]
        if terms[0] > 0.0 or reach < np.inf:
            best = FAR
            for position in range(begin, end):
                for row in range(content.first[members[position]], content.first[members[position] + 1]):
                    x, y = content.places[row, 0], content.places[row, 1]
                    around, most = 0.0, 0.0
                    for other in range(begin, end):
                        for mate in range(content.first[members[other]], content.first[members[other] + 1]):
                            squared = (content.places[mate, 0] - x) ** 2 + (content.places[mate, 1] - y) ** 2
                            around += content.weights[mate] * squared
                            most = max(most, squared)
                    if most <= reach and around < best:
                        best = around
            total = FAR if best >= FAR else total + terms[0] * best
        cost[region] = total
