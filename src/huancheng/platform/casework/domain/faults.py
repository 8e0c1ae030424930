"""What a person is told when an act can't be done."""

from __future__ import annotations

from huancheng.evidence import InputFault


class NotAllowed(InputFault):
    """The person may not do this here."""


class Overtaken(InputFault):
    """Somebody else changed the case since the page was shown."""
