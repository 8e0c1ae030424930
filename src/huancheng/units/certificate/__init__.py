"""The certificate of a plan: what was drawn, by which rules, how good it is, and why each border lies where it lies."""

from huancheng.units.certificate.audit import AuditRow, audit_plan
from huancheng.units.certificate.drawing import Method, Proof, Source, UnitDrawing, unit_names
from huancheng.units.certificate.figures import unit_frame
from huancheng.units.certificate.read import DrawnUnits, read_units
from huancheng.units.certificate.write import write_units

__all__ = [
    "AuditRow",
    "DrawnUnits",
    "Method",
    "Proof",
    "Source",
    "UnitDrawing",
    "audit_plan",
    "read_units",
    "unit_frame",
    "unit_names",
    "write_units",
]
