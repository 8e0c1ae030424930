"""What every number carries with it: value, unit, date, scope, channel, source and provenance."""

from huancheng.evidence.citation import Basis, Certainty, Citation
from huancheng.evidence.fault import InputFault
from huancheng.evidence.provenance import Provenance
from huancheng.evidence.value import Channel, State, Value

__all__ = ["Basis", "Certainty", "Channel", "Citation", "InputFault", "Provenance", "State", "Value"]
