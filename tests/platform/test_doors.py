"""Every URL × every posture: who may open it, and what the others are told. No URL is missing."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.platform.doors import all_doors, doors_of, parts
from tests.platform.knocking import OF_CASES, OF_PROGRAMS_AND_MAPS, opens_only_to_those_it_should

REST = parts() - OF_CASES - OF_PROGRAMS_AND_MAPS


@pytest.mark.django_db
@pytest.mark.parametrize("door", doors_of(REST), ids=str)
def test_a_door_opens_to_those_it_should_and_to_nobody_else(door, standing_world, acting):
    opens_only_to_those_it_should(door, standing_world, acting)


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


def test_every_door_stands_in_one_part_of_the_table():
    assert parts() > (OF_CASES | OF_PROGRAMS_AND_MAPS)
    walked = [*doors_of(REST), *doors_of(OF_CASES), *doors_of(OF_PROGRAMS_AND_MAPS)]
    assert sorted(map(str, walked)) == sorted(map(str, all_doors()))
