"""The request as views see it: with the one who acts."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Person


class ActingRequest(HttpRequest):
    """A request of somebody who is signed in; what `ActingMiddleware` makes of Django's.

    Views behind `signed_in` are written for it.
    """

    acting: Acting
    acting_choices: list[Acting]
    user: Person
    htmx: HtmxDetails
