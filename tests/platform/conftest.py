"""A city with its bodies, and people in their posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection
from django.db.transaction import atomic, set_rollback
from django.test import Client

from house.postgres import Cluster, programs, throw_away_cluster
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.sanctioned import log_opened
from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.editions import part_names
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case, Subject
from huancheng.policy.book import PolicyBook
from tests.platform.doors import World, tables
from tests.platform.installation import Installation, empty_installation, engines_of_run, skip_without_postgresql
from tests.platform.knocking import Clients, signed_in_clients
from tests.platform.posts import appoint

OTHERS_LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Make the bodies of the pack once; every test finds them, after a transactional test emptied the tables too.

    At the end whoever still holds the database on PostgreSQL is sent away: a server's thread may close its connection
    late, and the database could not be dropped.
    """
    operations: Any = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_and_make_anew(self: Any, statements: list[str]) -> None:
        with log_opened():
            flush(self, statements)
        bodies_from_pack(current_book())

    operations.execute_sql_flush = flush_and_make_anew  # of the class: a test may open the database anew
    with django_db_blocker.unblock():
        bodies_from_pack(current_book())
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(OTHERS_LEAVE)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster | None]:
    """A PostgreSQL server of our own; None where it is not installed."""
    if programs() is None:
        yield None
        return
    with throw_away_cluster() as started:
        yield started


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: Any, cluster: Cluster | None) -> Callable[[str], Installation]:
    """Return a function that gives the installation of an engine that all others are copied from."""
    folder = tmp_path_factory.mktemp("prepared")
    made: dict[str, Installation] = {}

    def of(engine: str) -> Installation:
        if engine not in made:
            made[engine] = empty_installation(folder, engine, cluster, f"prepared_{engine}")
            assert made[engine].huancheng("manage", "migrate", "--skip-checks", "--verbosity", "0").returncode == 0
            made[engine].script(
                "from huancheng.platform.bodies.domain.from_pack import bodies_from_pack\n"
                "from huancheng.platform.casework.domain.law import current_book\n"
                "bodies_from_pack(current_book())\n"
            )
        return made[engine]

    return of


@pytest.fixture(params=engines_of_run())
def installation(request: Any, tmp_path: Any, prepared: Callable[[str], Installation]) -> Installation:
    """A whole installation with its bodies, in a process of its own; on the engine of the run."""
    if request.param == "postgresql":
        skip_without_postgresql()
    return prepared(request.param).copy(tmp_path / "home", f"copy_{tmp_path.name.replace('-', '_')[-40:]}")


@pytest.fixture(scope="session")
def book() -> PolicyBook:
    """The law of the fictional city."""
    return current_book()


@pytest.fixture
def acting(db: None) -> Callable[[str, str], Acting]:
    """Return a function that puts a person into a post (body's name, role) and returns how they act."""
    return appoint


@pytest.fixture
def client_as(acting: Callable[..., Acting]) -> Callable[[str, str], Client]:
    """Return a function that signs a person of a post in and returns their client."""

    def sign_in(body_name: str, role: str, number: int = 1) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=acting(body_name, role, number).person))
        return client

    return sign_in


@pytest.fixture
def unit(db: None) -> Callable[..., Subject]:
    """Return a function that makes a renewal unit in a jurisdiction."""
    return a_unit


def a_unit(jurisdiction: str = "linhe", key: str = "U1", kind: str = "unit") -> Subject:
    """Make a renewal unit in a jurisdiction."""
    return Subject.objects.create(kind=kind, key=key, title=f"{key}号单元", jurisdiction=jurisdiction)


def furnished_world() -> World:
    """Make a county's unit plan under way, and what the tables of doors add to it."""
    built = World()
    built.things["case"] = open_case("unit_plan", a_unit(), appoint("临河县指定的编制部门", "compiler")).case
    for module in tables():
        if hasattr(module, "furnish"):
            module.furnish(built, appoint)
    return built


@pytest.fixture
def world(db: None) -> World:
    """A county's unit plan under way, and what the tables of doors add to it."""
    return furnished_world()


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, Clients]]:
    """The world, made once for all tests of a module, and those who knock at its doors, signed in.

    It stands in a transaction around those of the tests: what a test changes is undone after it, the world after all.
    """
    around = ExitStack()
    with django_db_blocker.unblock():
        around.enter_context(atomic())
        built = furnished_world()
        clients = signed_in_clients(appoint)
    yield built, clients
    with django_db_blocker.unblock():
        set_rollback(True)
        around.close()


@pytest.fixture
def contents(db: None) -> Callable[[int, Acting], None]:
    """Return a function that writes every part of a case, so that its contents can be handed in."""

    def write(case: int, acting: Acting) -> None:
        for name in part_names(standing_of(Case.objects.select_related("subject").get(pk=case))):
            write_part(case, name, f"{name}：示例文字。", acting)

    return write
