"""Tables of the API: tokens, and who is told of events."""

from huancheng.platform.api.models.token import Token
from huancheng.platform.api.models.webhook import Delivery, Webhook

__all__ = ["Delivery", "Token", "Webhook"]
