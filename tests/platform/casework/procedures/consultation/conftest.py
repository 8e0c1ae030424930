"""Bodies that are asked, and people who answer."""

from __future__ import annotations

import pytest

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.procedures.consultation.domain.asking import ask


@pytest.fixture
def office(acting):
    return acting("市专班办公室", "clerk")


@pytest.fixture
def asked_of(office):
    """Ask bodies by name in a place; return the requests by name."""

    def do(place, *names, by=None):
        keys = [Body.objects.get(name=name).pk for name in names]
        return {item.body.name: item for item in ask(place.case.pk, place.step, by or office, keys)}

    return do
