"""What can be refused in bodies and people."""

from __future__ import annotations

from huancheng.evidence import InputFault


class Refused(InputFault):
    """Something that can't be done, in words for the person who tried; nothing was changed."""


class NotManaged(Refused):
    """The person or body is not theirs to manage, or no timed session is open."""
