"""Tiles, names and places are made from a snapshot; only what every log-in may see is in them."""

from __future__ import annotations

import json
import shutil

import pyogrio
import pytest

from huancheng.city.schema import AccessClass, layer_schemas
from huancheng.city.snapshot import Snapshot
from huancheng.platform.atlas.domain.folders import labels_file, snapshot_folder, tiles_file
from huancheng.platform.atlas.domain.preparing import prepare
from huancheng.platform.atlas.domain.switching import start_again
from huancheng.platform.atlas.models import Place
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.models import Event
from tests.platform.atlas.little import kept_snapshot

HIDDEN = {name for name, schema in layer_schemas().items() if schema.access is not AccessClass.PUBLIC}


def test_a_prepared_snapshot_is_ready_and_knows_its_ground(city):
    assert (city.state, city.progress, city.stage) == ("ready", 100, "")
    assert 116 < city.west < city.east < 117
    assert 37 < city.south < city.north < 38
    assert city.tiles_size == tiles_file(city.digest).stat().st_size


def test_no_internal_or_classified_layer_is_in_the_tiles(city):
    drawn = {name.removesuffix("_overview") for name, _ in pyogrio.list_layers(tiles_file(city.digest))}
    assert {"pipes", "parcels", "flood_records"} <= set(city.layers), "there is something that could leak"
    assert drawn & HIDDEN == set()
    assert {"buildings", "streets", "divisions", "managed_areas", "facilities"} <= drawn


def test_no_internal_name_is_among_labels_or_places(city):
    names = set(Snapshot(snapshot_folder(city.digest)).layer("flood_records", ["name"])["name"].dropna())
    assert names, "there is something that could leak"
    text = labels_file(city.digest).read_text("utf-8")
    assert not any(name in text for name in names)
    assert not Place.objects.filter(name__in=names).exists()
    assert not Place.objects.filter(layer__in=HIDDEN).exists()


def test_every_division_has_its_name_inside_it_once(city):
    labels = json.loads(labels_file(city.digest).read_text("utf-8"))["features"]
    names = [item["properties"] for item in labels if item["properties"]["layer"] == "divisions"]
    assert len(names) == city.layers["divisions"]["count"]
    assert len({item["id"] for item in names}) == len(names)


def test_labels_say_which_letters_the_map_needs(city):
    labels = json.loads(labels_file(city.digest).read_text("utf-8"))
    names = "".join(Place.objects.values_list("name", flat=True))
    assert set(names) <= set(labels["characters"])


def test_a_street_of_many_pieces_is_one_place(city):
    names = list(Place.objects.filter(layer="streets").values_list("name", flat=True))
    assert len(names) == len(set(names)) > 5


def test_communities_tell_their_street_and_larger_places_none(city):
    levels = dict(Place.objects.filter(layer="divisions", kind="社区").values_list("name", "inside")[:50])
    assert all(levels.values())
    assert set(Place.objects.filter(kind__in=["县（市、区）", "开发区"]).values_list("inside", flat=True)) == {""}


@pytest.mark.django_db
def test_a_snapshot_that_was_damaged_since_is_refused_and_says_why():
    record = start_again(kept_snapshot(current=False).pk, PROGRAM)
    damaged = snapshot_folder(record.digest) / "buildings.parquet"
    whole = damaged.read_bytes()
    damaged.chmod(0o644)
    damaged.write_bytes(b"other houses")
    try:
        refused = prepare(record.pk, PROGRAM)
    finally:
        damaged.write_bytes(whole)
    assert refused.state == "refused"
    assert "buildings.parquet" in refused.stage
    assert Event.objects.filter(stream=record.stream).last().code == "snapshot.refused"


@pytest.mark.django_db
def test_making_the_tiles_of_the_shown_snapshot_anew_leaves_it_shown():
    record = start_again(kept_snapshot().pk, PROGRAM)
    shutil.rmtree(snapshot_folder(record.digest))
    prepared = prepare(record.pk, PROGRAM)
    assert (prepared.state, prepared.current) == ("ready", True)
    assert prepared.stage != ""
