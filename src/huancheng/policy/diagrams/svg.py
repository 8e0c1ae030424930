"""A route drawn for readers."""

from __future__ import annotations

from xml.sax.saxutils import escape

from huancheng.policy.book import PolicyBook
from huancheng.policy.diagrams.layout import Drawing, Edge, Node, draw, step_notes
from huancheng.policy.routes.plan import Plan

_INK, _PAPER, _PALE, _ACCENT = "#1d2b36", "#ffffff", "#eef3f6", "#9c2f2f"
_DASHES = {"seed": "", "law": ' stroke-dasharray="10 4"', "default": ' stroke-dasharray="3 4"'}
_TITLE_HEIGHT = 70
_LEGEND_HEIGHT = 56


def svg(book: PolicyBook, plan: Plan) -> str:
    """Return a route as an SVG drawing: one box per step with kind and body, beside it time, gate, and citation.

    A full line marks the policy's own step, long dashes a law's, dots our default; a bar under a box marks a gate.
    """
    drawing = draw(plan)
    height = drawing.height + _TITLE_HEIGHT + _LEGEND_HEIGHT
    fonts = "'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif"
    tip = 'viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
    size = f'viewBox="0 0 {drawing.width} {height}" width="{drawing.width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{fonts}">',
        f"<title>{escape(plan.route.title)}，{escape(plan.jurisdiction.title)}</title>",
        f'<defs><marker id="tip" {tip}><path d="M0 0L8 4L0 8z" fill="{_INK}"/></marker></defs>',
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>',
        _text(drawing.width // 2, 34, plan.route.title, size=20, weight="bold"),
        _text(drawing.width // 2, 58, f"{plan.jurisdiction.title}　{_clause(plan)}", size=13),
        f'<g transform="translate(0 {_TITLE_HEIGHT})">',
        *(_edge(edge) for edge in drawing.edges),
        *(_node(book, drawing, node) for node in drawing.nodes),
        "</g>",
        _legend(drawing.width, height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _clause(plan: Plan) -> str:
    place = f"{plan.route.source} {plan.route.clause}".strip()
    waits = "；".join(item.text for item in plan.preconditions)
    return f"{place}　前置条件：{waits}" if waits else place


def _text(
    x: int, y: int, words: str, *, size: int, weight: str = "normal", anchor: str = "middle", fill: str = _INK
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def _edge(edge: Edge) -> str:
    points = " ".join(f"{x},{y}" for x, y in edge.points)
    line = f'<polyline points="{points}" fill="none" stroke="{_INK}" stroke-width="1.4" marker-end="url(#tip)"/>'
    if not edge.words:
        return line
    x, y = edge.points[1]
    return line + _text(x + 4, y - 6, edge.words, size=11, anchor="start")


def _node(book: PolicyBook, drawing: Drawing, node: Node) -> str:
    if node.planned is None:
        return _sign(node)
    step = node.planned.step
    shape = (
        f'<rect x="{node.x}" y="{node.y}" width="{node.width}" height="{node.height}" rx="6" fill="{_PALE}" '
        f'stroke="{_INK}" stroke-width="1.6"{_DASHES[node.planned.basis.value]}/>'
    )
    bar = (
        f'<rect x="{node.x}" y="{node.y + node.height}" width="{node.width}" height="5" fill="{_ACCENT}"/>'
        if step.gate
        else ""
    )
    words = _text(node.middle, node.y + 25, step.kind.official, size=16, weight="bold") + _text(
        node.middle, node.y + 47, node.planned.body.name, size=14
    )
    alone = all(other is node or other.y != node.y or other.planned is None for other in drawing.nodes)
    first, second = step_notes(book, node.planned)
    x = node.x + node.width + 16
    notes = _text(x, node.y + 25, first, size=12, anchor="start") + _text(
        x, node.y + 45, second, size=12, anchor="start"
    )
    if alone:
        return shape + bar + words + notes
    below = _text(node.middle, node.y + node.height + 20, second, size=10)
    halo = f'paint-order="stroke" stroke="{_PAPER}" stroke-width="4" stroke-linejoin="round"'
    return shape + bar + words + below.replace("<text ", f"<text {halo} ")


def _sign(node: Node) -> str:
    cx, cy = node.middle, node.y + node.height // 2
    if node.kind in ("start", "end"):
        width = 4 if node.kind == "end" else 1.6
        circle = (
            f'<circle cx="{cx}" cy="{cy}" r="{node.width // 2}" fill="{_PAPER}" stroke="{_INK}" '
            f'stroke-width="{width}"/>'
        )
        return circle + _text(cx, cy + 4, "受理" if node.kind == "start" else "办结", size=11)
    half = node.width // 2
    points = f"{cx},{cy - half} {cx + half},{cy} {cx},{cy + half} {cx - half},{cy}"
    diamond = f'<polygon points="{points}" fill="{_PAPER}" stroke="{_INK}" stroke-width="1.6"/>'
    return diamond + _text(cx, cy + 6, "+" if node.kind == "parallel" else "×", size=18)


def _legend(width: int, height: int) -> str:
    y = height - 24
    parts = []
    for position, (basis, words) in enumerate(
        (("seed", "意见原文"), ("law", "法律法规"), ("default", "默认做法，可改"))
    ):
        x = 40 + position * 150
        parts.append(
            f'<line x1="{x}" y1="{y}" x2="{x + 34}" y2="{y}" stroke="{_INK}" stroke-width="1.6"{_DASHES[basis]}/>'
        )
        parts.append(_text(x + 42, y + 4, words, size=12, anchor="start"))
    x = min(510, width - 110)
    parts.append(f'<rect x="{x}" y="{y - 3}" width="34" height="5" fill="{_ACCENT}"/>')
    parts.append(_text(x + 42, y + 4, "关口", size=12, anchor="start"))
    return "".join(parts)
