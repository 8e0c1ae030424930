"""How long the worklist, the lists and search take on the server, signed in as those who see most.

    python -m benchmarks.platform.pages

Reads the register that `populate` filled. Prints one line per page: median and 95th percentile of 20 answers, median of
the processor's time alone (SQLite counts as ours), queries.
"""

from __future__ import annotations

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huancheng.platform.bodies.models import Person, Post
from huancheng.platform.casework.models import Task

ROUNDS = int(os.environ.get("ROUNDS", "20"))
PAGES = (
    "/worklist/", "/worklist/?tab=done", "/worklist/?tab=mine", "/worklist/?tab=chased", "/worklist/?whole_body=1",
    "/worklist/?light=red", "/cases/", "/cases/?light=red&order=due", "/cases/?status=open&year=2026", "/messages/",
    "/search/?q=单元", "/search/?q=规划", "/search/?q=南湖老旧小区", "/search/?q=示更新〔2026〕", "/search/?q=园",
    "/search/?q=管网老化 南湖", "/search/?q=不存在的字样", "/search/?q=2026-UP",
)  # fmt: skip


def people() -> dict[str, Person]:
    """Return whom to sign in as: an officer, and the busiest clerk and reviewer."""
    officer = Post.objects.filter(role="officer").select_related("person").first()
    found = {"officer": officer.person} if officer else {}
    busiest = Task.objects.order_by().values_list("body").annotate(number=Count("pk")).order_by("-number")
    for role in ("clerk", "reviewer"):
        for body, _number in busiest:
            post = Post.objects.filter(role=role, body=body).select_related("person").first()
            if post is not None:
                found[role] = post.person
                break
    return found


def main() -> None:
    """Ask for every page and say how long it took."""
    for role, person in people().items():
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        client.force_login(person)
        for page in PAGES:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200, page
            asked = len(queries)
            took, busy = [], []
            for _ in range(ROUNDS):
                begun, used = time.perf_counter(), time.process_time()
                client.get(page)
                took.append((time.perf_counter() - begun) * 1000)
                busy.append((time.process_time() - used) * 1000)
            took.sort()
            worst = took[int(len(took) * 0.95) - 1]
            print(
                f"{role:9} {page:32} median={statistics.median(took):6.0f} ms p95={worst:6.0f} ms "
                f"cpu={statistics.median(busy):6.0f} ms q={asked}"
            )


if __name__ == "__main__":
    main()
