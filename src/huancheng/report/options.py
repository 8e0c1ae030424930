"""What the office decides about a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What the office decides about a report.

    Parameters
    ----------
    organisation
        Who compiles and signs it; a placeholder stands where it is not given.
    approval
        Map-approval number (审图号); maps carry an empty field where it is not given.
    internal
        Whether the GeoPackage also holds layers classed internal (never classified ones).
    """

    organisation: str = ""
    approval: str = ""
    internal: bool = False
