"""Every page of the table of doors, as an officer, an auditor and an administrator see it: nothing hinders anybody.

Rules of WCAG 2.2, A and AA, in Chinese and in English; nothing on the console, no request to another host.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page
from playwright.sync_api import TimeoutError as NeverReady

from huancheng.platform.bodies.models import Person
from tests.platform.browser import RULES
from tests.platform.casework.walking import OFFICE
from tests.platform.doors import Door, World, all_doors, tables

POSTURES = ("officer", "auditor", "elevated administrator")
LANGUAGES = ("zh-hans", "en")
NO_PAGES = ("api:", "files:", "operations:health", "atlas:map")
"""Doors that answer data; and the map, which `tests/platform/atlas` looks at in both languages with tiles to show."""

PATIENCE = 20_000
"""Milliseconds until a page must answer to clicks."""

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
RUN = """async (rules) => {
  const found = await axe.run({ exclude: [["canvas"]] }, { runOnly: rules, resultTypes: ["violations"] });
  const told = (fault, node) => `${fault.id} ${node.target} ${node.failureSummary}`;
  return found.violations.flatMap((fault) => fault.nodes.map((node) => told(fault, node)));
}"""


@pytest.fixture
def world(acting: Any, unit: Any, begun: Any) -> World:
    """A county's unit plan under way, and what the apps add to it."""
    built = World()
    built.things["case"] = begun("unit_plan", opener=("临河县指定的编制部门", "compiler")).case
    for module in tables():
        if hasattr(module, "furnish"):
            module.furnish(built, acting)
    return built


def client_of(posture: str, acting: Any) -> Client:
    """Sign a posture in; the administrator's timed session is open."""
    client = Client()
    client.force_login(Person.objects.get(pk=acting(OFFICE, posture.removeprefix("elevated ")).person))
    if posture.startswith("elevated"):
        session = client.session
        session["elevated_until"] = 4_102_444_800
        session.save()
    return client


def pages_of(client: Client, posture: str, world: World, seen: set[str]) -> Iterator[str]:
    """Yield the addresses of pages that open to a posture and were not looked at yet.

    What a page fetches into itself is no page: it is looked at where it stands.
    """
    for door in all_doors():
        if not looked_at(door, posture):
            continue
        address = reverse(door.name, args=[world[name] for name in door.args])
        if address in seen:
            continue
        answer = client.get(address)
        html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        if html and answer.content.lstrip().startswith(b"<!doctype html>"):
            seen.add(address)
            yield address


def looked_at(door: Door, posture: str) -> bool:
    """Whether a door leads a posture to a page."""
    return door.method == "get" and posture in door.opens and not door.name.startswith(NO_PAGES)


def faults_on(page: Page, address: str) -> list[str]:
    """Return what hinders people on a page, as axe finds it."""
    page.goto(address)
    try:
        page.wait_for_selector("html[data-ready]", state="attached", timeout=PATIENCE)
    except NeverReady:
        return [f"{address}: never ready"]
    page.evaluate(AXE)
    return [f"{address}: {fault}" for fault in page.evaluate(RUN, RULES)]


def note(told: list[str], said: ConsoleMessage) -> None:
    """Keep an error of the console with the page it came from."""
    if said.type == "error":
        told.append(f"{said.location['url']}: {said.text}")


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_no_page_hinders_anybody(open_page, world, acting):
    told: list[str] = []
    seen: set[str] = set()
    for posture in POSTURES:
        client = client_of(posture, acting)
        addresses = list(pages_of(client, posture, world, seen))
        for language in LANGUAGES:
            page = open_page(client, language=language)
            page.on("console", partial(note, told))
            for address in addresses:
                told += [f"{language} {fault}" for fault in faults_on(page, address)]
    assert len(seen) > len(POSTURES) * 10
    assert told == [], "\n".join(told)
