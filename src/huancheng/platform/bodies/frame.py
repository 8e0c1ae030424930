"""What this app offers to the frame around every page."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huancheng.platform.bodies.models import Person
from huancheng.platform.bodies.queries.roles import role_title
from huancheng.platform.common.frame import ActingChoice


def acting_choices(request: HttpRequest) -> list[ActingChoice]:
    """Return the posts from which a person may act, with on whose behalf."""
    told = cast("Any", request)
    choices = told.acting_choices
    givers = {item.on_behalf_of for item in choices} - {None}
    names = {person.pk: str(person) for person in Person.objects.filter(pk__in=givers)} if givers else {}
    return [
        ActingChoice(
            str(item.post), f"{item.body_name} · {role_title(item.role)}",
            _("代 {name} 行使").format(name=names.get(item.on_behalf_of, "")) if item.on_behalf_of else "",
            item.post == told.acting.post,
        )
        for item in choices
    ]  # fmt: skip
