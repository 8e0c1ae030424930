"""What a person is told when a procedure can't go on."""

from __future__ import annotations

from huancheng.evidence import InputFault


class ProcedureFault(InputFault):
    """Something inside a step is not ready for this: answers are missing, a panel is not complete."""
