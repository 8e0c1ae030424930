"""Routes drawn: BPMN 2.0 for modelling tools, SVG for readers."""

from huancheng.policy.diagrams.bpmn import bpmn
from huancheng.policy.diagrams.svg import svg

__all__ = ["bpmn", "svg"]
