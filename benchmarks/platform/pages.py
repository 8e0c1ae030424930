"""How long pages take on the server, signed in as those who see most.

    python -m benchmarks.platform.pages

Reads the register that `populate` filled, through every middleware and template, without a network between. Words for
people go to standard error; prints JSON: for each role and page the median and 95th percentile of the answers, the
median of the processor's time alone (SQLite counts as ours), the queries, and the size of the answer.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.platform.words import WORKLIST
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Person, Post
from huancheng.platform.casework.models import Case, Task
from huancheng.platform.operations.loading_ahead import load_ahead

ROUNDS = 20
PAGES = (
    "/cases/", "/cases/?light=red&order=due", "/cases/?status=open&year=2026", "/cases/?page=20", "/messages/",
    "/search/?q=单元", "/search/?q=规划", "/search/?q=南湖老旧小区", "/search/?q=示更新〔2026〕", "/search/?q=园",
    "/search/?q=管网老化 南湖", "/search/?q=不存在的字样", "/search/?q=2026-UP", "/map/", "/map/cases.geojson",
    "/checkups/", "/cases/open/",
)  # fmt: skip
OF_A_BODY = ("/cases/", "/messages/", "/search/?q=单元", "/search/?q=南湖老旧小区", "/map/cases.geojson")
"""Of those who see their body's cases only, who wait for less than the office does."""
LOG = ("/audit/", "/audit/?page=40", "/audit/?stream=case")


def people() -> dict[str, Person]:
    """Return whom to sign in as: an officer, the busiest clerk and reviewer, and an auditor."""
    found = {}
    for role in ("officer", "auditor"):
        post = Post.objects.filter(role=role).select_related("person").first()
        if post is not None:
            found[role] = post.person
    busiest = Task.objects.order_by().values_list("body").annotate(number=Count("pk")).order_by("-number")
    for role in ("clerk", "reviewer"):
        for body, _number in busiest:
            post = Post.objects.filter(role=role, body=body).select_related("person").first()
            if post is not None:
                found[role] = post.person
                break
    return found


def pages_of(role: str, person: Person) -> tuple[str, ...]:
    """Return the pages a role is measured on: the auditor reads the log, all others work."""
    if role == "auditor":
        return LOG
    body = Post.objects.filter(person=person).values_list("body", flat=True)[0]
    seen = Case.objects.filter(sights__body=body) if role != "officer" else Case.objects.all()
    busy = Event.objects.filter(stream__in=[case.stream for case in seen.order_by("-version")[:20]])
    stream = busy.order_by().values_list("stream").annotate(number=Count("pk")).order_by("-number")[0][0]
    number = stream.partition(":")[2]
    pages = PAGES if role == "officer" else OF_A_BODY
    return (*WORKLIST, *pages, f"/cases/{number}/", f"/worklist/beside/{number}/")


def measure(role: str, person: Person, page: str, client: Client) -> dict[str, Any]:
    """Ask for a page twenty times.

    Raises
    ------
    RuntimeError
        If it is not there.
    """
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    asked = len(queries)
    if answer.status_code != 200:
        raise RuntimeError(f"{role} {person.username}: {page}: {answer.status_code}")
    took, busy = [], []
    for _ in range(ROUNDS):
        begun, used = time.perf_counter(), time.process_time()
        answer = client.get(page)
        took.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - used) * 1000)
    took.sort()
    return {
        "role": role, "page": page, "median_ms": round(statistics.median(took)),
        "p95_ms": round(took[int(len(took) * 0.95) - 1]), "cpu_ms": round(statistics.median(busy)),
        "queries": asked, "kilobytes": round(len(answer.content) / 1024),
    }  # fmt: skip


def main() -> None:
    """Ask for every page and say how long it took."""
    logging.getLogger("huancheng.access").setLevel(logging.WARNING)
    load_ahead(pause=0).join()
    found = []
    for role, person in people().items():
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        client.force_login(person)
        for page in pages_of(role, person):
            line = measure(role, person, page, client)
            found.append(line)
            told = " ".join(f"{name}={value}" for name, value in line.items() if name not in {"role", "page"})
            print(f"{role:9} {page:34} {told}", file=sys.stderr, flush=True)
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
