"""Merging slivers into the neighbour with which they share the longest border, never across a separator."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from huancheng.city.derive.faces import Flags, Floats, Integers, SharedSegments


@dataclass(frozen=True)
class MergePlan:
    """Which face goes where.

    Parameters
    ----------
    group
        For each face the number of the face whose block it joins; its own where it stands alone.
    stuck
        For each face whether its whole group is a sliver that no neighbour may take.
    merged
        Number of faces that joined another.
    """

    group: Integers
    stuck: Flags
    merged: int


def plan_merges(
    area: Floats,
    perimeter: Floats,
    segments: SharedSegments,
    crossing_forbidden: Flags,
    *,
    minimum_area: float,
    minimum_width: float,
) -> MergePlan:
    """Plan the merges, smallest sliver first; ties go to the lower face number.

    Parameters
    ----------
    area, perimeter
        Square metres and metres of each face.
    segments
        Border pieces between the faces.
    crossing_forbidden
        For each border piece whether no merge may cross it.
    minimum_area, minimum_width
        A face below either, width being 2 × area ÷ perimeter, is a sliver.
    """
    merger = _Merger(
        area, perimeter, segments,
        forbidden=crossing_forbidden, minimum_area=minimum_area, minimum_width=minimum_width,
    )  # fmt: skip
    merger.run()
    group = np.array([merger.find(face) for face in range(len(area))], dtype=np.int64)
    stuck = np.isin(group, np.array(sorted(merger.stuck), dtype=np.int64))
    return MergePlan(group, stuck, int((group != np.arange(len(area))).sum()))


class _Merger:
    """Faces growing together; every group is known by one of its members."""

    def __init__(
        self,
        area: Floats,
        perimeter: Floats,
        segments: SharedSegments,
        *,
        forbidden: Flags,
        minimum_area: float,
        minimum_width: float,
    ) -> None:
        self.area = area.tolist()
        self.perimeter = perimeter.tolist()
        self.minimum_area, self.minimum_width = minimum_area, minimum_width
        self.parent = list(range(len(area)))
        self.stuck: set[int] = set()
        self.open_border: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        self.all_border: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        small = np.array([self.is_sliver(face) for face in range(len(area))], dtype=bool)
        wanted = (small[segments.first] | small[segments.second]) & (segments.first != segments.second)
        rows = zip(segments.first[wanted].tolist(), segments.second[wanted].tolist(),
                   segments.length[wanted].tolist(), forbidden[wanted].tolist(), strict=True)  # fmt: skip
        for first, second, length, closed in rows:
            for one, other in ((first, second), (second, first)):
                self.all_border[one][other] += length
                if not closed:
                    self.open_border[one][other] += length

    def is_sliver(self, face: int) -> bool:
        width = 2.0 * self.area[face] / self.perimeter[face]
        return bool(self.area[face] < self.minimum_area or width < self.minimum_width)

    def find(self, face: int) -> int:
        while self.parent[face] != face:
            self.parent[face] = self.parent[self.parent[face]]
            face = self.parent[face]
        return face

    def run(self) -> None:
        queue = [(self.area[face], face) for face in range(len(self.area)) if self.is_sliver(face)]
        heapq.heapify(queue)
        while queue:
            area, face = heapq.heappop(queue)
            if self.find(face) != face or area != self.area[face]:
                continue
            border = self.open_border[face]
            if not border:
                self.stuck.add(face)
                continue
            target = min(border, key=lambda other: (-border[other], other))
            self._join(face, target)
            if self.is_sliver(target):
                heapq.heappush(queue, (self.area[target], target))

    def _join(self, face: int, target: int) -> None:
        self.parent[face] = target
        self.stuck.discard(target)
        self.area[target] += self.area[face]
        self.perimeter[target] += self.perimeter[face] - 2.0 * self.all_border[face].get(target, 0.0)
        for border in (self.open_border, self.all_border):
            for other, length in border.pop(face, {}).items():
                border[other].pop(face, None)
                if other != target:
                    border[target][other] += length
                    border[other][target] += length
