"""Every URL for programs, of the map and of check-ups × every posture: who may open it, what the others are told."""

from __future__ import annotations

import pytest

from tests.platform.doors import doors_of
from tests.platform.knocking import OF_PROGRAMS_AND_MAPS, opens_only_to_those_it_should


@pytest.mark.django_db
@pytest.mark.parametrize("door", doors_of(OF_PROGRAMS_AND_MAPS), ids=str)
def test_a_door_opens_to_those_it_should_and_to_nobody_else(door, standing_world, acting):
    opens_only_to_those_it_should(door, standing_world, acting)
