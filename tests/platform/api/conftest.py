"""Programs that call with a key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from huancheng.platform.api.domain.tokens import give_token
from huancheng.platform.common import clock


@pytest.fixture
def key(acting):
    """Return a function that gives a post's person a key and returns its text."""

    def give(body: str, role: str, *, may_act: bool = True) -> str:
        return give_token(acting(body, role), "试验", expires_on=clock.today() + timedelta(days=1), may_act=may_act)[1]

    return give


@pytest.fixture
def caller(key):
    """Return a function that makes a client of a post's key."""

    def call(body: str, role: str, *, may_act: bool = True) -> Client:
        return Client(headers={"authorization": f"Bearer {key(body, role, may_act=may_act)}"})

    return call
