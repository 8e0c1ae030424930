"""Re-checks a result folder with code of its own: nothing that drew or certified the units is used here."""

from huancheng.units.verify.verdict import Breach, Fault, Verdict
from huancheng.units.verify.verifying import verify_units

__all__ = ["Breach", "Fault", "Verdict", "verify_units"]
