"""A route as BPMN 2.0 XML with its drawing, for whoever reads or models processes elsewhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from huancheng.policy.book import PolicyBook
from huancheng.policy.diagrams.layout import Drawing, Edge, Node, draw, step_notes
from huancheng.policy.routes.plan import Plan

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI"
_BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
_POINTS = "http://www.omg.org/spec/DD/20100524/DI"
_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "task": "userTask",
    "parallel": "parallelGateway",
    "choice": "exclusiveGateway",
}
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def bpmn(book: PolicyBook, plan: Plan) -> str:
    """Return a route as a BPMN 2.0 document.

    Parameters
    ----------
    book
        The law, for citations.
    plan
        The route made out for a jurisdiction.

    Returns
    -------
    str
        XML: one process of user tasks (named 批准：市政府), gateways for parallel and avoidable steps, documentation
        with time and citation, and the layout.
    """
    for prefix, space in (("bpmn", _MODEL), ("bpmndi", _DRAWING), ("dc", _BOUNDS), ("di", _POINTS)):
        ET.register_namespace(prefix, space)
    drawing = draw(plan)
    name = f"{plan.route.id}-{plan.jurisdiction.id}"
    root = ET.Element(
        f"{{{_MODEL}}}definitions", {"id": f"definitions-{name}", "targetNamespace": "urn:huancheng:routes"}
    )
    process = ET.SubElement(
        root, f"{{{_MODEL}}}process", {"id": f"process-{name}", "name": plan.route.title, "isExecutable": "false"}
    )
    for node in drawing.nodes:
        _node(book, process, drawing, node)
    for edge in drawing.edges:
        attributes = {"id": _id(edge.id), "sourceRef": _id(edge.source), "targetRef": _id(edge.target)}
        ET.SubElement(process, f"{{{_MODEL}}}sequenceFlow", attributes | ({"name": edge.words} if edge.words else {}))
    _diagram(root, f"process-{name}", drawing)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _id(name: str) -> str:
    return "n-" + _NOT_A_NAME.sub("_", name)


def _node(book: PolicyBook, process: ET.Element, drawing: Drawing, node: Node) -> None:
    label = {"start": "受理", "end": "办结"}.get(node.kind, "")
    if node.planned:
        label = f"{node.planned.step.kind.official}：{node.planned.body.name}"
    attributes = {"id": _id(node.id)} | ({"name": label} if label else {})
    element = ET.SubElement(process, f"{{{_MODEL}}}{_TAGS[node.kind]}", attributes)
    if node.planned:
        words = [text for text in (*step_notes(book, node.planned), node.planned.step.note) if text]
        ET.SubElement(element, f"{{{_MODEL}}}documentation").text = "\n".join(words)
    for edge in drawing.edges:
        if edge.target == node.id:
            ET.SubElement(element, f"{{{_MODEL}}}incoming").text = _id(edge.id)
    for edge in drawing.edges:
        if edge.source == node.id:
            ET.SubElement(element, f"{{{_MODEL}}}outgoing").text = _id(edge.id)


def _diagram(root: ET.Element, process: str, drawing: Drawing) -> None:
    diagram = ET.SubElement(root, f"{{{_DRAWING}}}BPMNDiagram", {"id": f"diagram-{process}"})
    plane = ET.SubElement(diagram, f"{{{_DRAWING}}}BPMNPlane", {"id": f"plane-{process}", "bpmnElement": process})
    for node in drawing.nodes:
        shape = ET.SubElement(
            plane, f"{{{_DRAWING}}}BPMNShape", {"id": f"shape-{_id(node.id)}", "bpmnElement": _id(node.id)}
        )
        ET.SubElement(
            shape,
            f"{{{_BOUNDS}}}Bounds",
            {"x": str(node.x), "y": str(node.y), "width": str(node.width), "height": str(node.height)},
        )
    for edge in drawing.edges:
        _edge(plane, edge)


def _edge(plane: ET.Element, edge: Edge) -> None:
    line = ET.SubElement(plane, f"{{{_DRAWING}}}BPMNEdge", {"id": f"edge-{_id(edge.id)}", "bpmnElement": _id(edge.id)})
    for x, y in edge.points:
        ET.SubElement(line, f"{{{_POINTS}}}waypoint", {"x": str(x), "y": str(y)})
