"""What a person is told when an act can't be done."""

from __future__ import annotations

from huancheng.evidence import InputFault
from huancheng.policy.routes.interpret import RouteFault


class NotAllowed(InputFault):
    """The person may not do this here."""

    status = 403


class Overtaken(InputFault):
    """Somebody else changed the case since the page was shown."""

    status = 409


class NotAllowedByRoute(RouteFault):
    """The route does not allow it now, said in an officer's words.

    Parameters
    ----------
    fault
        What the interpreter said; kept for machines.
    message, cure
        The same in plain Chinese.
    """

    def __init__(self, fault: RouteFault, message: str, cure: str) -> None:
        super().__init__(message, field=fault.field, cure=cure, situation=fault.situation)
        self.machine = fault.message

    def as_dict(self) -> dict[str, str]:
        """Return the parts for `--json` and the API, the interpreter's own words among them."""
        return {**super().as_dict(), "situation": self.situation, "machine": self.machine}
