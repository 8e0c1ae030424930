"""A route drawn for readers."""

from __future__ import annotations

from xml.sax.saxutils import escape

from huancheng.policy.book import PolicyBook
from huancheng.policy.diagrams.layout import Drawing, Edge, Node, draw, step_notes
from huancheng.policy.routes.plan import Plan

_INK, _PAPER, _PALE, _ACCENT = "#1d2b36", "#ffffff", "#eef3f6", "#9c2f2f"
_DASHES = {"seed": "", "law": ' stroke-dasharray="10 4"', "default": ' stroke-dasharray="3 4"'}
_TITLE_HEIGHT = 76
_LINE_HEIGHT = 20
_LEGEND_HEIGHT = 56
_EDGE = 20
_SMALLEST = 8
_LATIN = 0x2E7F


def svg(book: PolicyBook, plan: Plan) -> str:
    """Return a route as an SVG drawing: one box per step with kind and body, beside it time, gate, and citation.

    A full line marks the policy's own step, long dashes a law's, dots our default; a bar under a box marks a gate.
    The drawing is as wide as its longest line needs.
    """
    drawing = draw(plan)
    place = f"{plan.jurisdiction.title}　{plan.route.source} {plan.route.clause}".rstrip()
    heads = [place, *(f"前置条件：{item.text}" for item in plan.preconditions)]
    top = _TITLE_HEIGHT + _LINE_HEIGHT * (len(heads) - 1)
    height = drawing.height + top + _LEGEND_HEIGHT
    drawing.width = max(
        drawing.width,
        *(round(text_width(words, 13)) + 2 * _EDGE for words in heads),
        *(_note_edge(book, node) for node in drawing.nodes),
    )
    fonts = "'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif"
    tip = 'viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
    size = f'viewBox="0 0 {drawing.width} {height}" width="{drawing.width}" height="{height}"'
    middle = drawing.width // 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{fonts}">',
        f"<title>{escape(plan.route.title)}，{escape(plan.jurisdiction.title)}</title>",
        f'<defs><marker id="tip" {tip}><path d="M0 0L8 4L0 8z" fill="{_INK}"/></marker></defs>',
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>',
        _text(middle, 34, plan.route.title, size=20, weight="bold"),
        *(_text(middle, 58 + _LINE_HEIGHT * line, words, size=13) for line, words in enumerate(heads)),
        f'<g transform="translate(0 {top})">',
        *(_edge(edge) for edge in drawing.edges),
        *(_node(book, drawing, node) for node in drawing.nodes),
        "</g>",
        _legend(drawing.width, height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def text_width(words: str, size: float) -> float:
    """Return about how wide words are at a font size, in pixels: Chinese signs are square, others about half."""
    return sum(size if ord(sign) > _LATIN else size * 0.6 for sign in words)


def _fitting(words: str, width: int, size: int) -> int:
    """Return the font size at which words fit a width, never below the smallest that can be read."""
    while size > _SMALLEST and text_width(words, size) > width:
        size -= 1
    return size


def _note_edge(book: PolicyBook, node: Node) -> int:
    if node.planned is None:
        return 0
    return (
        node.x + node.width + 16 + round(max(text_width(words, 12) for words in step_notes(book, node.planned))) + _EDGE
    )


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
    body = node.planned.body.name
    shape = (
        f'<rect x="{node.x}" y="{node.y}" width="{node.width}" height="{node.height}" rx="6" fill="{_PALE}" '
        f'stroke="{_INK}" stroke-width="1.6"{_DASHES[node.planned.basis.value]}/>'
    )
    bar = (
        f'<rect x="{node.x}" y="{node.y + node.height}" width="{node.width}" height="5" fill="{_ACCENT}"/>'
        if step.gate
        else ""
    )
    alone = all(other is node or other.y != node.y or other.planned is None for other in drawing.nodes)
    first, second = step_notes(book, node.planned)
    lines = (25, 47) if alone else (19, 37)
    words = _text(node.middle, node.y + lines[0], step.kind.official, size=16, weight="bold")
    words += _text(node.middle, node.y + lines[1], body, size=_fitting(body, node.width - 2 * _EDGE, 14))
    if not alone:
        return shape + bar + words + _text(node.middle, node.y + 53, second, size=_fitting(second, node.width - 8, 10))
    x = node.x + node.width + 16
    notes = _text(x, node.y + 25, first, size=12, anchor="start")
    return shape + bar + words + notes + _text(x, node.y + 45, second, size=12, anchor="start")


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
