"""Where the parts of a route's drawing stand, one layout for BPMN and SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from huancheng.policy.book import PolicyBook
from huancheng.policy.routes.plan import Plan, PlannedStep

BOX_WIDTH, BOX_HEIGHT = 300, 60
GATEWAY, CIRCLE = 40, 32
GAP_DOWN, GAP_ASIDE = 40, 40
MARGIN = 40
NOTES_WIDTH = 330


@dataclass(frozen=True, slots=True)
class Node:
    """One shape (`start`, `end`, `task`, `parallel`, `choice`); x and y are its upper left corner, in pixels."""

    id: str
    kind: str
    x: int
    y: int
    width: int
    height: int
    planned: PlannedStep | None = None

    @property
    def middle(self) -> int:
        """Horizontal middle."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A flow between two shapes, with its corners and words."""

    id: str
    source: str
    target: str
    points: tuple[tuple[int, int], ...]
    words: str = ""


@dataclass
class Drawing:
    """A drawn route."""

    plan: Plan
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def node(self, name: str) -> Node:
        """Return a shape by id."""
        return next(node for node in self.nodes if node.id == name)


def draw(plan: Plan) -> Drawing:
    """Lay a route out from top to bottom: parallel steps side by side, a way round steps that may fall away."""
    blocks = list(_blocks(plan))
    widest = max(len(block) for block in blocks)
    body = widest * BOX_WIDTH + (widest - 1) * GAP_ASIDE
    return _Layout(plan, MARGIN + GAP_ASIDE + body // 2, MARGIN + 2 * GAP_ASIDE + body + NOTES_WIDTH).draw(blocks)


def _blocks(plan: Plan) -> Iterator[tuple[PlannedStep, ...]]:
    block: list[PlannedStep] = []
    for planned in plan.steps:
        if block and (not planned.step.group or planned.step.group != block[-1].step.group):
            yield tuple(block)
            block = []
        block.append(planned)
    yield tuple(block)


class _Layout:
    def __init__(self, plan: Plan, middle: int, width: int) -> None:
        self._drawing = Drawing(plan, width=width)
        self._middle = middle
        self._y = MARGIN
        self._last = ""

    def draw(self, blocks: list[tuple[PlannedStep, ...]]) -> Drawing:
        self._add("start", "start", CIRCLE, CIRCLE)
        for block in blocks:
            if len(block) > 1:
                self._parallel(block)
            elif block[0].step.optional or block[0].step.when:
                self._avoidable(block[0])
            else:
                self._add(block[0].step.id, "task", BOX_WIDTH, BOX_HEIGHT, block[0])
        self._add("end", "end", CIRCLE, CIRCLE)
        self._drawing.height = self._y - GAP_DOWN + MARGIN
        return self._drawing

    def _add(self, name: str, kind: str, width: int, height: int, planned: PlannedStep | None = None) -> Node:
        node = Node(name, kind, self._middle - width // 2, self._y, width, height, planned)
        self._drawing.nodes.append(node)
        self._y += height + GAP_DOWN
        if self._last:
            self._straight(self._last, name)
        self._last = name
        return node

    def _straight(self, source: str, target: str, words: str = "") -> None:
        a, b = self._drawing.node(source), self._drawing.node(target)
        corner = () if a.middle == b.middle else ((b.middle, a.y + a.height + GAP_DOWN // 2),)
        bend = () if a.middle == b.middle else ((a.middle, a.y + a.height + GAP_DOWN // 2),)
        points = ((a.middle, a.y + a.height), *bend, *corner, (b.middle, b.y))
        self._edge(source, target, points, words)

    def _edge(self, source: str, target: str, points: tuple[tuple[int, int], ...], words: str = "") -> None:
        self._drawing.edges.append(Edge(f"{source}--{target}", source, target, points, words))

    def _parallel(self, block: tuple[PlannedStep, ...]) -> None:
        split = self._add(f"{block[0].step.group}-split", "parallel", GATEWAY, GATEWAY)
        total = len(block) * BOX_WIDTH + (len(block) - 1) * GAP_ASIDE
        for position, planned in enumerate(block):
            x = self._middle - total // 2 + position * (BOX_WIDTH + GAP_ASIDE)
            node = Node(planned.step.id, "task", x, self._y, BOX_WIDTH, BOX_HEIGHT, planned)
            self._drawing.nodes.append(node)
            self._straight(split.id, planned.step.id)
        self._y += BOX_HEIGHT + GAP_DOWN
        self._last = ""
        join = self._add(f"{block[0].step.group}-join", "parallel", GATEWAY, GATEWAY)
        for planned in block:
            self._straight(planned.step.id, join.id)

    def _avoidable(self, planned: PlannedStep) -> None:
        split = self._add(f"{planned.step.id}-choice", "choice", GATEWAY, GATEWAY)
        task = self._add(planned.step.id, "task", BOX_WIDTH, BOX_HEIGHT, planned)
        join = self._add(f"{planned.step.id}-merge", "choice", GATEWAY, GATEWAY)
        aside = task.x - GAP_ASIDE // 2
        centre, below = split.y + GATEWAY // 2, join.y + GATEWAY // 2
        words = "可省略" if planned.step.optional else "条件不成立"
        self._edge(split.id, join.id, ((split.x, centre), (aside, centre), (aside, below), (join.x, below)), words)


def step_notes(book: PolicyBook, planned: PlannedStep) -> tuple[str, str]:
    """Return the two lines beside a step: time and gate; whose words and where they stand."""
    step = planned.step
    marks = []
    if step.days is not None:
        unit = "个工作日" if step.day_kind == "working" else "日"
        own = "（默认）" if step.days_basis == "default" else ""
        marks.append(f"{'不少于' if step.is_minimum else '时限'}{step.days}{unit}{own}")
    if step.gate:
        marks.append("关口：通过后方可继续")
    if step.silence == "no_objection":
        marks.append("逾期视为无异议")
    whose = {"seed": "意见", "law": "法律法规", "default": "默认做法"}[planned.basis.value]
    places = dict.fromkeys(
        f"{citation.source}{citation.clause}" if reference not in book.citations.requirements else citation.clause
        for reference in step.cites
        if (citation := book.citations.citation(reference))
    )
    return "；".join(marks), f"{whose}：{'、'.join(places)}"
