"""In whose name something is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acting:
    """A person acting from a post. Everything that changes state is told who acts.

    Parameters
    ----------
    person
        Id of the person who acts.
    body
        Id of the body for which they act; None for a person without a post.
    role
        Role of the post, an id of the pack's `posts.yaml`.
    body_name
        Name of the body.
    on_behalf_of
        Id of the person whose post is exercised by delegation, else None.
    post
        Id of the post exercised.
    request
        Number of the request, shared by all it changes.
    elevated
        Whether an administrator's timed session is open.
    reference
        Id of the body in the pack; stays the same when the body is given another name.
    outside
        Whether the body stands outside the administration: an implementing entity, an owners' body.
    """

    person: int | None
    body: int | None = None
    role: str = ""
    body_name: str = ""
    on_behalf_of: int | None = None
    post: int | None = None
    request: str = ""
    elevated: bool = False
    reference: str = ""
    outside: bool = False


PROGRAM = Acting(None)
"""The program itself: deadlines that lapse, calendars adopted."""
