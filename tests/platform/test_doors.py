"""Every URL × every posture: who may open it, and what the others are told. No URL is missing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.opening import open_case
from tests.platform.doors import POSTURES, Door, World, all_doors, tables

DONE = {200, 204, 206, 302, 400, 405, 409, 422}
WHO = [*POSTURES, "elevated administrator", "visitor"]


@pytest.fixture
def world(acting, unit):
    """A county's unit plan under way, and what the apps add to it."""
    built = World()
    built.things["case"] = open_case("unit_plan", unit(), acting("临河县指定的编制部门", "compiler")).case
    for module in tables():
        if hasattr(module, "furnish"):
            module.furnish(built, acting)
    return built


def knock(door: Door, who: str, world: World, acting) -> int:
    """Open a door and return the status; a redirect to the sign-in page counts as 401."""
    client = Client()
    if who != "visitor":
        body, role = POSTURES[who.removeprefix("elevated ")]
        client.force_login(Person.objects.get(pk=acting(body, role).person))
        if who.startswith("elevated"):
            session = client.session
            session["elevated_until"] = 4_102_444_800
            session.save()
    url = reverse(door.name, args=[world[name] for name in door.args])
    response = client.get(url) if door.method == "get" else client.post(url)
    if response.status_code == 302 and response["Location"].startswith(reverse("bodies:sign-in")):
        return 401
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("door", all_doors(), ids=lambda door: f"{door.name}-{door.method}")
def test_a_door_opens_to_those_it_should_and_to_nobody_else(door, world, acting):
    found = {who: knock(door, who, world, acting) for who in WHO}
    wanted_of_visitors = {"sign-in": {401}, "open": DONE}.get(door.visitors, {door.visitors})
    for who, status in found.items():
        refused = {403} if who in door.see_only else {door.refusal}
        wanted = wanted_of_visitors if who == "visitor" else DONE if who in door.opens else refused
        assert status in wanted, f"{door.name}: {who} got {status}, not {sorted(wanted)}"


def url_names(resolver: URLResolver, space: str = "") -> set[str]:
    """Return the names of every URL below a resolver."""
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names.add(f"{space}{pattern.name}")
        else:
            names |= url_names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
    return names


def test_no_url_is_missing_from_the_table():
    assert url_names(get_resolver()) - {door.name for door in all_doors()} == set()
