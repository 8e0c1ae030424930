"""The register of plans: what is known of each, who keeps it, and what the bureau wrote."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import take_in
from huancheng.platform.planning.domain.coverage import drawn_ground, read_ground
from huancheng.platform.planning.domain.importing import import_plans
from huancheng.platform.planning.domain.opinions import OpinionData, record_opinion
from huancheng.platform.planning.domain.register import PlanData, add_record, change_record
from huancheng.platform.planning.models import BureauOpinion, PlanRecord
from huancheng.platform.planning.queries.agreement import agreement_of
from huancheng.platform.planning.rules import KEEP_REGISTER, may_keep_register, register_home
from huancheng.platform.planning.workbooks.columns import COLUMNS, KINDS, SHEET, STATES
from tests.platform.planning.making import BUREAU, COUNTY_BUREAU, OFFICE, a_plan, a_record, a_unit

pytestmark = pytest.mark.django_db
MASTER = PlanData(
    "master", "示例市国土空间总体规划", state="approved", number="示政复〔2024〕1号", approved_on=date(2024, 5, 1),
    evaluate_by=date(2025, 5, 1), trigger="上位规划调整",
)  # fmt: skip


@pytest.fixture
def keeper(acting):
    return acting(BUREAU, "compiler")


@pytest.fixture
def county_keeper(acting):
    return acting(COUNTY_BUREAU, "reviewer")


@pytest.mark.requirement("6.1-1")
def test_a_plan_is_entered_with_number_evaluation_and_trigger(keeper):
    record = add_record(MASTER, keeper)
    assert PlanData.of(PlanRecord.objects.get()) == MASTER
    entry = Event.objects.get(stream=record.stream)
    assert (entry.code, entry.data["number"], entry.data["evaluate_by"]) == (
        "plan_record.added", "示政复〔2024〕1号", "2025-05-01"
    )  # fmt: skip


@pytest.mark.requirement("6.1-1")
def test_an_evaluation_is_recorded_and_what_was_said_before_stays_in_the_log(keeper):
    record = add_record(MASTER, keeper)
    evaluated = PlanData(**{
        **{name: getattr(MASTER, name) for name in PlanData.__slots__}, "state": "revising",
        "evaluated_on": date(2025, 4, 1), "evaluate_by": None,
    })  # fmt: skip
    changed = change_record(record.pk, evaluated, keeper, expected=0)
    assert (changed.state, changed.edition) == ("revising", 1)
    said = Event.objects.get(stream=record.stream, code="plan_record.changed").data
    assert (said["before"]["state"], said["after"]["state"]) == ("approved", "revising")


def test_saving_without_a_change_leaves_no_trace(keeper):
    record = add_record(MASTER, keeper)
    change_record(record.pk, MASTER, keeper, expected=0)
    assert Event.objects.filter(stream=record.stream).count() == 1


def test_whoever_saw_an_older_edition_is_told(keeper):
    record = add_record(MASTER, keeper)
    other = PlanData("master", "改名", state="compiling")
    change_record(record.pk, other, keeper, expected=0)
    with pytest.raises(Overtaken, match="改名"):
        change_record(record.pk, MASTER, keeper, expected=0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"approved_on": None}, "approved_on"),
        ({"jurisdiction": "nowhere"}, "jurisdiction"),
        ({"approved_on": date(2999, 1, 1)}, "approved_on"),
        ({"evaluated_on": date(2024, 4, 1)}, "evaluated_on"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until"),
        ({"evaluate_by": date(2024, 4, 1)}, "evaluate_by"),
    ],
)
def test_what_does_not_hang_together_is_refused_at_its_field(keeper, changes, field):
    data = PlanData(**{**{name: getattr(MASTER, name) for name in PlanData.__slots__}, **changes})
    with pytest.raises(InputFault) as fault:
        add_record(data, keeper)
    assert fault.value.field == field
    assert fault.value.cure
    assert not PlanRecord.objects.exists()


def test_a_county_bureau_keeps_its_own_register_only(county_keeper, acting):
    add_record(PlanData("unit", "东关单元规划", "linhe"), county_keeper)
    for elsewhere in ("", "pingye"):
        with pytest.raises(NotAllowed):
            add_record(PlanData("unit", "别处的规划", elsewhere), county_keeper)
    with pytest.raises(NotAllowed):
        add_record(PlanData("unit", "不归我管", "linhe"), acting("市财政局", "reviewer"))
    assert register_home(acting(OFFICE, "auditor")) is None


def test_the_bodies_that_keep_it_are_named_in_the_pack(book, acting):
    named = book.posts.bodies_of(KEEP_REGISTER)
    assert named == {"planning_bureau", "county_planning_bureau", book.posts.office}
    assert {name for name in named if name not in book.bodies and name not in book.roles} == set()
    assert book.posts.bodies_of("operate") == frozenset()
    assert may_keep_register(acting(OFFICE, "officer"), "linhe")
    assert not may_keep_register(None)


def test_the_words_of_the_workbook_are_those_of_the_register():
    assert {value: str(words) for value, words in PlanRecord.Kind.choices} == KINDS
    assert {value: str(words) for value, words in PlanRecord.State.choices} == STATES


def workbook(*rows: dict[str, object], head: list[str] | None = None, name: str = SHEET) -> io.BytesIO:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    sheet.append(head or list(COLUMNS.values()))
    for row in rows:
        sheet.append([row.get(field) for field in COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


GOOD = {
    "kind": "控制性详细规划", "title": "临河县控规", "jurisdiction": "临河县", "state": "已批准", "number": "临政复1号",
    "approved_on": date(2024, 1, 2), "evaluate_by": "2026/1/2",
}  # fmt: skip


def test_a_workbook_is_entered_whole(keeper, acting):
    officer = acting(OFFICE, "officer")
    entered, faults = import_plans(workbook(GOOD, {**GOOD, "title": "另一规划", "evaluate_by": "2026.01.02"}), officer)
    assert faults == []
    assert [record.evaluate_by for record in entered] == [date(2026, 1, 2)] * 2
    assert {record.jurisdiction for record in PlanRecord.objects.all()} == {"linhe"}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"kind": "别的规划"}, "类型"),
        ({"title": ""}, "名称"),
        ({"jurisdiction": "没有的县"}, "辖区"),
        ({"approved_on": "去年"}, "批准日期"),
        ({"number": ""}, "批准文号"),
        ({"title": "=1+1"}, "名称"),
    ],
)
def test_a_wrong_row_is_named_with_field_and_cure_and_nothing_is_entered(acting, changes, column):
    entered, faults = import_plans(workbook(GOOD, {**GOOD, **changes}), acting(OFFICE, "officer"))
    assert entered == []
    assert [(fault.row, fault.field) for fault in faults] == [(3, column)]
    assert faults[0].cure
    assert not PlanRecord.objects.exists()


def test_a_plan_that_is_there_and_one_of_another_county_are_refused(acting, county_keeper):
    add_record(PlanData("regulatory", "临河县控规", "linhe"), acting(OFFICE, "officer"))
    _, faults = import_plans(workbook(GOOD, {**GOOD, "jurisdiction": "平野县"}), county_keeper)
    assert [(fault.row, fault.field) for fault in faults] == [(2, "名称"), (3, "辖区")]


@pytest.mark.parametrize("given", [workbook(), workbook(name="别的"), workbook(GOOD, head=["名称"])])
def test_a_workbook_that_is_not_the_template_is_refused(acting, given):
    with pytest.raises(InputFault) as fault:
        import_plans(given, acting(OFFICE, "officer"))
    assert fault.value.field == "file"


def layer(folder: Path, name: str, shapes: list[shapely.Geometry], crs: str | None = "EPSG:4490") -> Path:
    path = folder / name
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")  # that it has none is what is tested
        gpd.GeoDataFrame(geometry=shapes, crs=crs).to_file(path)
    return path


BOX = shapely.box(116, 36, 117, 37)


def taken(path: Path):
    with path.open("rb") as source:
        return take_in(source, path.name)


def test_a_coverage_is_read_from_a_geopackage_in_any_coordinates(tmp_path, keeper):
    frame = gpd.GeoDataFrame(geometry=[BOX, shapely.box(117, 36, 118, 37)], crs="EPSG:4490").to_crs("EPSG:4528")
    frame.to_file(tmp_path / "范围.gpkg")
    ground = read_ground(taken(tmp_path / "范围.gpkg"))
    assert ground.bounds == pytest.approx((116, 36, 118, 37), abs=0.02)
    record = add_record(MASTER, keeper, ground)
    assert record.coverage == "范围.gpkg"
    assert shapely.from_wkb(record.geometry).area == pytest.approx(2, rel=0.02)


def test_a_coverage_is_read_from_a_zipped_shapefile(tmp_path):
    layer(tmp_path, "cover.shp", [BOX])
    with zipfile.ZipFile(tmp_path / "cover.zip", "w") as packed:
        for part in tmp_path.glob("cover.*"):
            if part.suffix != ".zip":
                packed.write(part, part.name)
    assert read_ground(taken(tmp_path / "cover.zip")).bounds == pytest.approx((116, 36, 117, 37))


@pytest.mark.parametrize(
    ("shapes", "crs", "says"),
    [
        ([shapely.Point(116, 36)], "EPSG:4490", "没有面"),
        ([BOX], None, "没有坐标系"),
        ([shapely.box(600, 500, 601, 501)], "EPSG:4490", "地球"),
    ],
)
def test_a_layer_that_is_no_coverage_is_refused(tmp_path, shapes, crs, says):
    with pytest.raises(InputFault, match=says) as fault:
        read_ground(taken(layer(tmp_path, "wrong.gpkg", shapes, crs)))
    assert fault.value.field == "layer"


def test_a_file_that_is_no_layer_is_refused(tmp_path):
    (tmp_path / "says.txt").write_text("范围见图\n", "utf-8")
    with pytest.raises(InputFault, match="不是图层"):
        read_ground(taken(tmp_path / "says.txt"))


def test_what_was_drawn_is_an_area_on_the_earth():
    ground = drawn_ground(json.loads(shapely.to_geojson(BOX)))
    assert ground.bounds == (116, 36, 117, 37)
    for wrong in ({"type": "Point", "coordinates": [116, 36]}, {}, {"type": "Polygon", "coordinates": "x"}):
        with pytest.raises(InputFault, match="不是一个面"):
            drawn_ground(wrong)


def opinion(conclusion: str, number: str = "示自然资函〔2025〕1号", **said) -> OpinionData:
    return OpinionData(conclusion, number, said.pop("given_on", date(2025, 3, 1)), **said)


@pytest.mark.requirement("6.1-1")
def test_the_written_opinion_outranks_the_overlay(acting, keeper):
    plan = a_plan(acting(OFFICE, "officer"))
    inside, outside = a_record("master", west=116), a_record("regulatory", "linhe", west=120)
    unit = a_unit(plan)
    laid_over = agreement_of("unit", unit.pk, [unit], [inside, outside])
    assert laid_over.conclusion is None
    assert [overlay.percent for overlay in laid_over.overlays] == [pytest.approx(50), pytest.approx(0)]
    record_opinion("unit", unit.pk, opinion("conforms"), acting(OFFICE, "officer"))
    held = agreement_of("unit", unit.pk, [unit], [inside, outside])
    assert (held.conclusion, held.tone) == (BureauOpinion.Conclusion.CONFORMS, "green")
    assert [overlay.percent for overlay in held.overlays] == [pytest.approx(50), pytest.approx(0)]


def test_the_newest_opinion_on_a_plan_holds_and_the_worst_of_them_decides(acting, county_keeper):
    plan = a_plan(acting(OFFICE, "officer"))
    master, regulatory = a_record("master"), a_record("regulatory", "linhe")
    record_opinion("special_plan", plan.pk, opinion("conflicts", plan=master), county_keeper)
    record_opinion(
        "special_plan", plan.pk, opinion("conforms", "2号", plan=master, given_on=date(2025, 6, 1)), county_keeper
    )
    record_opinion("special_plan", plan.pk, opinion("conditional", plan=regulatory), county_keeper)
    held = agreement_of("special_plan", plan.pk)
    assert [item.conclusion for item in held.opinions] == ["conforms", "conditional"]
    assert (held.conclusion, held.tone) == (BureauOpinion.Conclusion.CONDITIONAL, "amber")


def test_an_opinion_needs_a_letter_a_day_and_a_keeper(acting, county_keeper):
    plan = a_plan(acting(OFFICE, "officer"))
    for wrong, field in (
        (opinion("conforms", ""), "number"), (opinion("conforms", given_on=clock.today() + timedelta(1)), "given_on")
    ):  # fmt: skip
        with pytest.raises(InputFault) as fault:
            record_opinion("special_plan", plan.pk, wrong, county_keeper)
        assert fault.value.field == field
    with pytest.raises(NotAllowed):
        record_opinion("special_plan", plan.pk, opinion("conforms"), acting("平野县自然资源和规划局", "reviewer"))
    with pytest.raises(InputFault):
        record_opinion("special_plan", 999, opinion("conforms"), county_keeper)
    with pytest.raises(InputFault):
        record_opinion("nothing", plan.pk, opinion("conforms"), county_keeper)


def test_the_list_says_how_many_wait_for_their_evaluation_and_narrows(client_as):
    a_record("master", title="到期的规划", evaluate_by=date(2025, 1, 1))
    a_record("regulatory", "linhe", title="没到期的", evaluate_by=date(2099, 1, 1))
    a_record("special", title="废止的", state="repealed", evaluate_by=date(2025, 1, 1))
    client = client_as(OFFICE, "auditor")
    told = client.get(reverse("planning:register")).content.decode()
    assert "1 个规划应评估未评估" in told
    assert "登记规划" not in told
    for asked, shown, hidden in (
        ({"due": "yes"}, "到期的规划", "没到期的"),
        ({"place": "linhe"}, "没到期的", "到期的规划"),
        ({"place": "city"}, "到期的规划", "没到期的"),
        ({"kind": "special"}, "废止的", "没到期的"),
        ({"q": "没到"}, "没到期的", "废止的"),
    ):
        told = client.get(reverse("planning:register"), asked).content.decode()
        assert shown in told
        assert f">{hidden}<" not in told


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries_however_long(client_as, django_assert_max_num_queries, rows):
    for number in range(rows):
        a_record("master", title=f"规划{number}")
    client = client_as(OFFICE, "auditor")
    client.get(reverse("planning:register"))
    with django_assert_max_num_queries(16):
        client.get(reverse("planning:register"))


def test_forms_enter_change_and_import(client_as, tmp_path):
    client = client_as(OFFICE, "officer")
    said = {"kind": "master", "title": "总规", "state": "compiling", "jurisdiction": ""}
    with layer(tmp_path, "cover.gpkg", [BOX]).open("rb") as cover:
        answer = client.post(reverse("planning:register-add"), {**said, "layer": cover})
    record = PlanRecord.objects.get()
    assert answer["Location"] == reverse("planning:register-record", args=[record.pk])
    assert (record.title, record.coverage, record.west) == ("总规", "cover.gpkg", 116)
    edit = reverse("planning:register-edit", args=[record.pk])
    assert client.post(edit, {**said, "state": "approved", "edition": 0}).status_code == 422
    assert client.post(edit, {**said, "title": "新名", "edition": 0}).status_code == 302
    stale = client.post(edit, {**said, "title": "晚到的", "edition": 0})
    assert stale.status_code == 409
    assert "同事刚刚改过" in stale.content.decode()
    template = client.get(reverse("planning:register-template"))
    sheet = load_workbook(io.BytesIO(template.content))[SHEET]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS.values())
    wrong = client.post(reverse("planning:register-import"), {"file": _named(workbook({**GOOD, "kind": "别的"}))})
    assert (wrong.status_code, "1 行有问题，没有录入" in wrong.content.decode()) == (422, True)
    assert client.post(reverse("planning:register-import"), {"file": _named(workbook(GOOD))}).status_code == 302
    assert PlanRecord.objects.count() == 2
    page = client.get(reverse("planning:register-record", args=[record.pk])).content.decode()
    assert "名称：总规 → 新名" in page
    panel = client.get(reverse("planning:register-record", args=[record.pk]), headers={"HX-Target": "panel"})
    assert "<html" not in panel.content.decode()


def _named(stream: io.BytesIO) -> io.BytesIO:
    stream.name = "规划.xlsx"
    return stream


def test_an_opinion_is_recorded_with_its_scan_and_read_by_those_inside(client_as, acting):
    plan = a_plan(acting(OFFICE, "officer"))
    scan = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    url = reverse("planning:opinion-add", args=["special_plan", plan.pk])
    back = reverse("planning:special-plan", args=[plan.pk])
    said = {"conclusion": "conditional", "number": "临自然资函1号", "given_on": "2025-03-01", "says": "须避让蓝线"}
    said["next"] = back
    client = client_as(COUNTY_BUREAU, "clerk")
    broken = client.post(url, {**said, "scan": _picture(scan)})
    assert broken.status_code == 422
    text = io.BytesIO("意见全文\n".encode())
    text.name = "意见.txt"
    assert client.post(url, {**said, "scan": text})["Location"] == back
    held = BureauOpinion.objects.get()
    page = client.get(back).content.decode()
    assert "以自然资源和规划部门书面意见为准：有条件符合" in page
    assert "须避让蓝线" in page
    download = reverse("files:download", args=["bureau-opinions", held.pk])
    assert client_as(OFFICE, "auditor").get(download).status_code == 200
    assert client_as("市城市更新专家委员会", "expert").get(download).status_code == 404
    assert client.get(reverse("planning:opinion-add", args=["nothing", plan.pk])).status_code == 404


def _picture(stream: io.BytesIO) -> io.BytesIO:
    stream.name = "意见.png"
    return stream
