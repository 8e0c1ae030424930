"""Requests as the pages of files see them: with the one who acts. Apps beside this one have their own."""

from __future__ import annotations

from django.http import HttpRequest

from huancheng.platform.audit.acting import Acting


class OpenRequest(HttpRequest):
    """A request of anybody; visitors act as nobody."""

    acting: Acting | None


class SignedRequest(HttpRequest):
    """A request of somebody who is signed in."""

    acting: Acting
