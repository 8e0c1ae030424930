"""Knocking at a door in every posture. The table is walked in parts, each in a file of its own: processes share it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from django.test import Client
from django.urls import reverse

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Person
from tests.platform.doors import POSTURES, Door, World

DONE = {200, 204, 206, 302, 400, 405, 409, 422}
WHO = [*POSTURES, "elevated administrator", "visitor"]
OF_CASES = frozenset({"casework", "papers", "procedures", "worklist"})
OF_PROGRAMS_AND_MAPS = frozenset({"api", "atlas", "checkups"})
"""Apps (and parts of them) whose doors have a file of their own; those of all others stand in `test_doors`."""


Clients = dict[str, Client]
"""Who knocks → their browser."""


def sign_in(who: str, acting: Callable[[str, str], Acting]) -> Client:
    """Sign somebody in who knocks; the visitor alone stays outside."""
    client = Client()
    if who == "visitor":
        return client
    body, role = POSTURES[who.removeprefix("elevated ")]
    client.force_login(Person.objects.get(pk=acting(body, role).person))
    if who.startswith("elevated "):
        session = client.session
        session["elevated_until"] = 4_102_444_800
        session.save()
    return client


def signed_in_clients(acting: Callable[[str, str], Acting]) -> Clients:
    """Sign everybody in who knocks."""
    return {who: sign_in(who, acting) for who in WHO}


def knock(door: Door, world: World, client: Client) -> int:
    """Open a door and return the status; a redirect to the sign-in page counts as 401."""
    url = reverse(door.name, args=[world[name] for name in door.args])
    response = client.get(url) if door.method == "get" else client.post(url)
    if response.status_code == 302 and response["Location"].startswith(reverse("bodies:sign-in")):
        return 401
    return response.status_code


def opens_only_to_those_it_should(
    door: Door, standing: tuple[World, Clients], acting: Callable[[str, str], Acting]
) -> None:
    """Knock in every posture, and compare with what the table says.

    What the world makes when it is asked for is made for this door alone, and cookies are as they were before.
    """
    world, signed_in = standing
    things, found = dict(world.things), {}
    try:
        for who, kept in signed_in.items():
            if (
                who == "elevated administrator"
            ):  # the same person as the administrator, who may just have left everywhere
                client = sign_in(who, acting)
            else:
                client = Client()
                client.cookies = deepcopy(kept.cookies)
            found[who] = knock(door, world, client)
    finally:
        world.things = things
    wanted_of_visitors = {"sign-in": {401}, "open": DONE}.get(door.visitors, {door.visitors})
    for who, status in found.items():
        refused = {403} if who in door.see_only else {door.refusal}
        wanted = wanted_of_visitors if who == "visitor" else DONE if who in door.opens else refused
        assert status in wanted, f"{door.name}: {who} got {status}, not {sorted(wanted)}"
