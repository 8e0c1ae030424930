"""Alternatives: taken in only when true, edited with every rule tested at once, saved, adopted as the plan's units."""

from __future__ import annotations

import html
import io
import json
import zipfile

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Subject
from huancheng.platform.planning.domain import plan_memory
from huancheng.platform.planning.domain.adopting import adopt_alternative
from huancheng.platform.planning.domain.alternatives import edit, redo, save_as, take_alternative, undo
from huancheng.platform.planning.domain.unit_folders import unit_folder, unpack_units
from huancheng.platform.planning.models import RenewalUnit, UnitPlan
from huancheng.platform.planning.queries.alternatives import HUES, block_features, certificate_of, compared
from huancheng.platform.planning.queries.editing import board_of
from tests.platform.planning.drawn import an_alternative, fill, town_folder
from tests.platform.planning.making import OFFICE, a_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def plan(officer):
    return a_plan(officer)


@pytest.fixture
def alternative(plan, officer):
    return an_alternative(plan, officer)


def neighbours(alternative):
    """Two units side by side, and a block of the first that touches the second."""
    board = board_of(alternative)
    for number in range(36):
        row, column = divmod(number, 6)
        here, there = f"R{row}C{column}", f"R{row}C{column + 1}"
        if column < 5 and board.homes[here] != board.homes[there]:
            return board.homes[here], board.homes[there], here
    raise AssertionError


def test_a_folder_is_kept_by_its_digest_and_nobody_can_write_into_it(alternative):
    folder = unit_folder(alternative.digest)
    assert {file.name for file in folder.iterdir()} == {file.name for file in town_folder().iterdir()}
    assert all(not file.stat().st_mode & 0o222 for file in folder.iterdir())
    assert alternative.source == "solved"
    assert alternative.figures["units"] == len(board_of(alternative).units)


def test_a_folder_that_says_what_is_not_true_is_refused_and_nothing_stays(plan, officer, settings):
    def damaged(folder):
        fill(folder)
        text = (folder / "assignment.csv").read_text("utf-8").splitlines()
        text[1] = text[1].split(",")[0] + ",U99"
        (folder / "assignment.csv").write_text("\n".join(text) + "\n", "utf-8")

    before = set(settings.UNITS.iterdir()) if settings.UNITS.exists() else set()
    with pytest.raises(InputFault, match="证书不符"):
        take_alternative(plan.pk, officer, "改过的", damaged)
    assert set(settings.UNITS.iterdir()) == before
    assert not plan.alternatives.exists()


def test_the_same_units_are_no_second_alternative(plan, officer, alternative):
    with pytest.raises(InputFault, match="已经是比选方案"):
        an_alternative(plan, officer, "又一个")


def test_only_who_writes_the_plan_takes_alternatives_in(plan, acting):
    with pytest.raises(NotAllowed):
        an_alternative(plan, acting("平野县指定的编制部门", "compiler"))


def test_moving_a_block_is_tested_at_once_kept_and_logged(alternative, officer):
    source, target, block = neighbours(alternative)
    check = edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=0)
    assert {change.unit for change in check.changed} == {source, target}
    alternative.refresh_from_db()
    assert alternative.edition == 1
    assert board_of(alternative).homes[block] == target
    entry = Event.objects.filter(stream=alternative.stream).latest("sequence")
    assert entry.code == "alternative.edited"
    assert entry.data["blocks"] == [block]


def test_an_edit_that_breaks_a_rule_is_told_and_not_forbidden(alternative, officer):
    first, second, _block = neighbours(alternative)
    everything = [unit.name for unit in board_of(alternative).units]
    check = edit(alternative.pk, officer, {"op": "merge", "units": everything}, expected=0)
    assert not check.holds
    assert {row.constraint for row in check.newly_broken} >= {"area"}
    alternative.refresh_from_db()
    assert [unit.name for unit in board_of(alternative).units] == [everything[0]]
    assert first in everything
    assert second in everything


def test_edits_are_undone_and_done_again_also_in_a_process_that_remembers_nothing(alternative, officer):
    source, target, block = neighbours(alternative)
    edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=0)
    plan_memory.forget_all()
    back = undo(alternative.pk, officer, expected=1)
    assert {change.unit for change in back.changed} == {source, target}
    alternative.refresh_from_db()
    assert board_of(alternative).homes[block] == source
    plan_memory.forget_all()
    redo(alternative.pk, officer, expected=2)
    alternative.refresh_from_db()
    assert board_of(alternative).homes[block] == target
    assert alternative.undone == []


def test_nothing_is_undone_where_nothing_was_done_nor_done_again_where_nothing_was_undone(alternative, officer):
    with pytest.raises(InputFault, match="没有可以撤销"):
        undo(alternative.pk, officer, expected=0)
    with pytest.raises(InputFault, match="没有可以重做"):
        redo(alternative.pk, officer, expected=0)


def test_a_new_edit_forgets_what_was_undone(alternative, officer):
    source, target, block = neighbours(alternative)
    edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=0)
    undo(alternative.pk, officer, expected=1)
    edit(alternative.pk, officer, {"op": "draw", "blocks": [block], "name": "新单元"}, expected=2)
    with pytest.raises(InputFault, match="没有可以重做"):
        redo(alternative.pk, officer, expected=3)
    alternative.refresh_from_db()
    assert board_of(alternative).homes[block] == "新单元"
    assert source


def test_of_two_who_edit_at_once_the_second_is_told(alternative, officer):
    _source, target, block = neighbours(alternative)
    edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=0)
    with pytest.raises(Overtaken):
        edit(alternative.pk, officer, {"op": "draw", "blocks": [block], "name": ""}, expected=0)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"op": "move", "blocks": ["没有"], "to": ""}, "所选街块"),
        ({"op": "merge", "units": ["没有", "也没有"]}, "没有这个单元"),
        ({"op": "split_by_line", "unit": "没有", "line": [[116, 36], [117, 36]], "name": ""}, "没有这个单元"),
        ({"op": "dissolve"}, "不会改变方案"),
    ],
)
def test_what_can_not_be_done_is_said_in_the_words_of_the_page_and_changes_nothing(alternative, officer, entry, said):
    with pytest.raises(InputFault, match=said):
        edit(alternative.pk, officer, entry, expected=0)
    alternative.refresh_from_db()
    assert (alternative.edits, alternative.edition) == ([], 0)


def test_a_line_in_degrees_parts_the_unit_it_crosses(alternative, officer):
    board = board_of(alternative)
    largest = max(board.units, key=lambda unit: unit.blocks)
    shapes = [
        shapely.from_geojson(json.dumps(item["geometry"]))
        for item in block_features(alternative)["features"]
        if board.homes[item["properties"]["block"]] == largest.name
    ]
    west, south, east, north = shapely.union_all(shapes).bounds
    wide = east - west > north - south
    middle = [(west + east) / 2, south - 0.01], [(west + east) / 2, north + 0.01]
    across = [west - 0.01, (south + north) / 2], [east + 0.01, (south + north) / 2]
    line = list(middle if wide else across)
    entry = {"op": "split_by_line", "unit": largest.name, "line": line, "name": "分出"}
    edit(alternative.pk, officer, entry, expected=0)
    alternative.refresh_from_db()
    parted = {unit.name: unit.blocks for unit in board_of(alternative).units}
    assert parted[largest.name] + parted["分出"] == largest.blocks


def test_neighbours_have_colours_of_their_own(alternative):
    board = board_of(alternative)
    for row in range(6):
        for column in range(5):
            here, there = board.homes[f"R{row}C{column}"], board.homes[f"R{row}C{column + 1}"]
            assert here == there or board.hues[here] != board.hues[there]
    assert all(0 <= hue < HUES for hue in board.hues.values())


def test_edits_are_saved_as_an_alternative_of_its_own_that_tells_where_it_comes_from(plan, alternative, officer):
    _source, target, block = neighbours(alternative)
    edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=0)
    fresh = save_as(alternative.pk, officer, "调整后", expected=1)
    alternative.refresh_from_db()
    assert alternative.edits == []
    assert (fresh.source, fresh.parent) == ("edited", alternative)
    certificate = certificate_of(fresh)["certificate"]
    assert [entry["op"] for entry in certificate["edits"]] == ["move"]
    assert alternative.digest in {source["sha256"] for source in certificate["sources"]}
    lines = compared(list(plan.alternatives.all()))
    assert lines[0].agreement is None
    assert lines[1].agreement.changed_area == pytest.approx(10_000, abs=1)


def test_nothing_edited_is_nothing_to_save(alternative, officer):
    with pytest.raises(InputFault, match="没有尚未保存的调整"):
        save_as(alternative.pk, officer, "一样", expected=0)


@pytest.mark.requirement("5.2-3")
def test_an_adopted_alternative_makes_the_units_of_the_plan_with_ground_blocks_and_figures(plan, alternative, officer):
    count = adopt_alternative(alternative.pk, officer, expected=0)
    units = list(plan.units.all())
    assert len(units) == count == alternative.figures["units"]
    assert sorted(block for unit in units for block in unit.blocks) == sorted(board_of(alternative).homes)
    for unit in units:
        shape = shapely.from_wkb(bytes(unit.geometry))
        assert 100 < shape.centroid.x < 130
        assert 30 < shape.centroid.y < 45
        assert unit.figures["area"] == pytest.approx(10_000 * len(unit.blocks), rel=1e-6)
        assert (unit.subject.kind, unit.subject.jurisdiction) == ("unit", plan.jurisdiction)


def test_edits_that_were_not_saved_are_not_adopted(alternative, officer):
    _source, target, block = neighbours(alternative)
    edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=0)
    with pytest.raises(InputFault, match="尚未保存"):
        adopt_alternative(alternative.pk, officer, expected=1)
    assert not RenewalUnit.objects.exists()


def test_another_alternative_takes_the_place_of_the_adopted_one(plan, alternative, officer):
    adopt_alternative(alternative.pk, officer, expected=0)
    _source, target, block = neighbours(alternative)
    edit(alternative.pk, officer, {"op": "move", "blocks": [block], "to": target}, expected=1)
    other = save_as(alternative.pk, officer, "调整后", expected=2)
    adopt_alternative(other.pk, officer, expected=0)
    alternative.refresh_from_db()
    assert not alternative.adopted
    assert {unit.alternative_id for unit in plan.units.all()} == {other.pk}
    assert Subject.objects.filter(kind="unit").count() == plan.units.count()


def test_units_on_which_something_was_begun_stay(plan, alternative, officer):
    adopt_alternative(alternative.pk, officer, expected=0)
    first = plan.units.first()
    case = open_case("unit_plan", first.subject, officer).case
    with pytest.raises(InputFault, match=case.number):
        adopt_alternative(alternative.pk, officer, expected=1)
    case.subject = plan.subject
    case.save()
    UnitPlan.objects.create(unit=first)
    with pytest.raises(InputFault, match=first.number):
        adopt_alternative(alternative.pk, officer, expected=1)


def zipped(**names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in town_folder().iterdir():
            archive.writestr(f"plan/{file.name}", names.get(file.name.replace(".", "_"), file.read_bytes()))
    return packed.getvalue()


def test_a_result_folder_comes_in_as_a_zip(client_as, plan):
    client = client_as(OFFICE, "officer")
    address = reverse("planning:alternative-take", args=[plan.pk])
    archive = SimpleUploadedFile("units.zip", zipped(), "application/zip")
    answer = client.post(address, {"title": "命令行", "archive": archive})
    made = plan.alternatives.get()
    assert answer["Location"] == reverse("planning:alternative", args=[made.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "命令行" in page
    assert "边界为何在此" in page


@pytest.mark.parametrize(
    "content",
    [b"not a zip", zipped(units_json=b"{}"), zipped(units_json=json.dumps({"files": {"../evil": "0"}}).encode())],
    ids=["no zip", "no certificate", "a name that leads elsewhere"],
)
def test_what_is_no_result_folder_is_refused_with_the_cure(tmp_path, content):
    archive = tmp_path / "units.zip"
    archive.write_bytes(content)
    (tmp_path / "out").mkdir()
    with pytest.raises(InputFault) as fault:
        unpack_units(archive, tmp_path / "out")
    assert "zip" in fault.value.cure
    assert not (tmp_path / "evil").exists()


def test_the_editing_page_answers_with_the_test_and_the_new_map(client_as, alternative):
    client = client_as(OFFICE, "officer")
    _source, target, block = neighbours(alternative)
    address = reverse("planning:alternative-edit", args=[alternative.pk])
    sent = {"edition": 0, "op": "move", "blocks": f"{block}， ", "to": target}
    answer = client.post(address, sent, headers={"HX-Request": "true"})
    page = html.unescape(answer.content.decode())
    assert 'data-part="tested"' in page
    assert f'"{block}": "{target}"' in page
    late = client.post(address, sent, headers={"HX-Request": "true"})
    assert "同事刚刚调整过" in late.content.decode()
    whole = client.post(address, {"edition": 1, "op": "merge", "units": target})
    assert whole.status_code == 422
    assert "请至少选择两个单元" in whole.content.decode()


def test_pages_of_alternatives_ask_as_much_for_one_as_for_three(
    client_as, plan, officer, alternative, django_assert_num_queries
):
    client = client_as(OFFICE, "officer")
    address = reverse("planning:special-plan-alternatives", args=[plan.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2):
        alternative.refresh_from_db()
        entry = {"op": "draw", "blocks": [neighbours(alternative)[2]], "name": f"新{number}"}
        edit(alternative.pk, officer, entry, expected=alternative.edition)
        alternative.refresh_from_db()
        save_as(alternative.pk, officer, f"方案{number}", expected=alternative.edition)
    with django_assert_num_queries(len(one)):
        answer = client.get(address)
    assert answer.content.decode().count("方案") >= 3
