"""Who signs in for the load: people of the busiest bodies whose roles need no second factor. Prints JSON."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
if __name__ == "__main__":
    django.setup()

from django.db.models import Count

from huancheng.platform.bodies.models import Post
from huancheng.platform.casework.models import Task

ROLES = ("officer", "clerk", "reviewer", "compiler", "filing_clerk")


def officers(wanted: int) -> list[str]:
    """Return user names: one in five works in the office, the others in the bodies for which most waits."""
    office = list(Post.objects.filter(role="officer").order_by("pk").values_list("person__username", flat=True))
    names = office[: wanted // 5]
    busiest = Task.objects.order_by().values_list("body").annotate(number=Count("pk")).order_by("-number")
    for body, _number in busiest:
        posts = Post.objects.filter(body=body, role__in=ROLES[1:]).order_by("pk")
        names += [name for name in posts.values_list("person__username", flat=True)[:4] if name not in names]
    return names[:wanted]


if __name__ == "__main__":
    print(json.dumps(officers(int(sys.argv[1]))))
