"""Tables of the log."""

from huancheng.platform.audit.models.anchor import Anchor
from huancheng.platform.audit.models.event import Event
from huancheng.platform.audit.models.words import Words

__all__ = ["Anchor", "Event", "Words"]
