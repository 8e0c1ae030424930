"""A snapshot and a check-up for the map: the little ones for most tests, the small generated city where tiles count."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from huancheng.city.generate import generate_city
from huancheng.platform.atlas.domain.preparing import prepare
from huancheng.platform.atlas.domain.taking import take_snapshot
from huancheng.platform.atlas.models import Place, SnapshotRecord
from huancheng.platform.audit.acting import PROGRAM
from huancheng.report.tiles import can_write_tiles
from tests.platform.atlas.little import kept_run, kept_snapshot


@pytest.fixture
def snapshot(db):
    """The little city, shown by the map."""
    return kept_snapshot()


@pytest.fixture
def run(db):
    """A check-up of the little city."""
    return kept_run()


@pytest.fixture(scope="session")
def small_city(tmp_path_factory):
    """The folder of the small generated city."""
    folder = tmp_path_factory.mktemp("small") / "snapshot"
    generate_city("small", 1, folder)
    return folder


@pytest.fixture(scope="session")
def prepared(small_city, django_db_setup, django_db_blocker) -> tuple[dict[str, Any], list[Place]]:
    """The small city taken in and its tiles made, once; its rows are put back into each test's database."""
    if not can_write_tiles():
        pytest.skip("the tiler has no build for this machine")
    with django_db_blocker.unblock(), transaction.atomic():
        record = prepare(take_snapshot(small_city, PROGRAM)[0].pk, PROGRAM)
        places = list(Place.objects.all())
        transaction.set_rollback(True)
    return model_to_dict(record, exclude=["id"]), places


@pytest.fixture
def city(db, prepared):
    """The small city, prepared and shown."""
    fields, places = prepared
    record = SnapshotRecord.objects.create(**{**fields, "current": True})
    for place in places:
        place.pk, place.snapshot = None, record
    Place.objects.bulk_create(places)
    return record
