"""Unit plans are begun from a unit and filled in from a workbook and a layer; what is refused leaves all as it was."""

from __future__ import annotations

import io
import zipfile

import geopandas as gpd
import pytest
import shapely
from django.urls import reverse
from openpyxl import load_workbook

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.files.domain.store import take_in
from huancheng.platform.planning.domain.unit_forms import form_of, read_workbook, workbook_of
from huancheng.platform.planning.domain.unit_parcels import frame_of, read_parcels
from huancheng.platform.planning.domain.unit_plans import begin_unit_plan, fill_in
from huancheng.platform.planning.models import SpecialPlan, UnitPlan
from huancheng.platform.planning.queries.visible import visible_unit_plans
from tests.planning import street_town
from tests.platform.planning.making import COUNTY_OFFICE, OFFICE, a_plan, a_unit
from tests.platform.planning.town import a_form, a_town_unit, as_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def unit(officer):
    """A unit of a county's special plan in force."""
    made = a_unit(a_plan(officer), number="W")
    SpecialPlan.objects.update(state="adopted")
    made.plan.refresh_from_db()
    return made


@pytest.fixture
def plan(officer, unit):
    return begin_unit_plan(unit.pk, officer)


def taken(content: bytes, name: str = "单元规划表.xlsx"):
    return take_in(io.BytesIO(content), name)


def layer(name: str, *ids: str) -> gpd.GeoDataFrame:
    """Parcels side by side in the town's west, their ids in a column of this name."""
    shapes = [street_town.moved(shapely.box(x * 300, -50, x * 300 + 300, 250)) for x in range(len(ids))]
    return gpd.GeoDataFrame({name: list(ids)}, geometry=shapes, crs=street_town.CRS)


@pytest.mark.requirement("5.3-1", "5.3-4")
def test_a_unit_plan_is_begun_by_whoever_opens_its_case_on_a_special_plan_in_force(acting, officer, unit):
    with pytest.raises(NotAllowed):
        begin_unit_plan(unit.pk, acting("平野县指定的编制部门", "compiler"))
    with pytest.raises(NotAllowed):
        begin_unit_plan(unit.pk, acting(OFFICE, "auditor"))
    SpecialPlan.objects.update(state="draft")
    with pytest.raises(InputFault, match="不是现行规划"):
        begin_unit_plan(unit.pk, officer)
    SpecialPlan.objects.update(state="adopted")
    plan = begin_unit_plan(unit.pk, acting("临河县指定的编制部门", "compiler"))
    assert (plan.version, plan.state, plan.filled, plan.previous) == (1, "draft", {}, None)
    with pytest.raises(InputFault, match="第 1 版正在编制"):
        begin_unit_plan(unit.pk, officer)


def test_the_next_version_carries_over_what_the_one_in_force_states(officer, plan, tmp_path):
    fill_in(plan.pk, officer, form=read_workbook(taken(a_form(tmp_path))), expected=0)
    UnitPlan.objects.update(state="adopted")
    second = begin_unit_plan(plan.unit_id, officer)
    assert (second.version, second.previous_id) == (2, plan.pk)
    assert second.filled == UnitPlan.objects.get(pk=plan.pk).filled
    assert second.computed == {}


def test_drafts_of_a_county_are_out_of_sight_elsewhere(acting, plan):
    other = acting("平野县财政局", "reviewer")
    assert visible_unit_plans(acting("临河县财政局", "reviewer")).exists()
    assert visible_unit_plans(acting(OFFICE, "auditor")).exists()
    assert not visible_unit_plans(other).exists()
    assert not visible_unit_plans(acting("市城市更新专家委员会", "expert")).exists()
    UnitPlan.objects.update(state="adopted")
    assert visible_unit_plans(other).exists()
    SpecialPlan.objects.update(state="draft")
    assert not visible_unit_plans(other).exists()


def test_what_was_filled_in_goes_down_and_up_again_without_loss(officer, plan, tmp_path):
    form = read_workbook(taken(a_form(tmp_path)))
    filled = fill_in(plan.pk, officer, form=form, expected=0)
    assert form_of(filled.filled) == form
    again = read_workbook(taken(workbook_of(filled)))
    assert again == form
    told = Event.objects.get(stream=plan.stream, code="unit_plan.filled").data
    assert (told["projects"], told["parcels"], told["workbook"]) == (2, 2, True)


def test_the_workbook_of_a_new_plan_names_its_unit_and_offers_what_is_measured(plan):
    book = load_workbook(io.BytesIO(workbook_of(plan)))
    about = {row[0]: row[1] for row in book["基本情况"].iter_rows(min_row=2, values_only=True)}
    assert (about["单元编号"], about["单元名称"]) == ("W", "W 单元")
    assert any("幼儿园" in rule.formula1 for rule in book["设施布局"].data_validations.dataValidation)


@pytest.mark.parametrize(
    ("sheet", "rows", "told"),
    [
        ("规划地块", [["P-1", "仙境", 9]], "“规划地块”表第 2 行“用地性质”：“仙境”不在可选的词里"),
        ("规划地块", [["P-1", "居住", "九万"]], "“规划地块”表第 2 行“用地面积（平方米）”：“九万”不是数"),
        ("规划地块", [["P-1", "居住", -1]], "-1 超出范围"),
        ("规划地块", [["P-1", None, 1]], "没有填写"),
        ("更新项目", [["甲", "一", "改"], ["甲", "二", "改"]], "“更新项目”表第 3 行“项目编号”：编号 甲 重复"),
        ("经济与资金", [["支出", "a", "x"], ["支出", "b", "y"]], "；另有 1 处"),
        ("规划地块", [["P-1", "居住", 1, None, None, None, None, "丙"]], "更新项目表中没有 丙"),
        ("设施布局", [["幼儿园", "x", None, None, 116.0]], "经度和纬度只填了一个"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_with_sheet_row_column_and_cure(tmp_path, sheet, rows, told):
    with pytest.raises(InputFault) as caught:
        read_workbook(taken(a_form(tmp_path, **{"经济与资金": [], "设施布局": [], "规划地块": [], sheet: rows})))
    assert told in caught.value.message
    assert caught.value.cure
    assert caught.value.field == "workbook"


def test_what_is_no_form_is_told_so(tmp_path):
    with pytest.raises(InputFault, match="不是 xlsx"):
        read_workbook(taken(b"a,b\n1,2\n", "表.csv"))

    def lose(book):
        del book["更新项目"]

    with pytest.raises(InputFault, match="缺少“更新项目”表"):
        read_workbook(taken(a_form(tmp_path, change=lose)))


def test_another_units_form_and_an_older_page_change_nothing(officer, plan, acting, tmp_path):
    form = read_workbook(taken(a_form(tmp_path)))
    fill_in(plan.pk, officer, form=form, expected=0)

    def rename(book):
        book["基本情况"]["B2"] = "E"

    with pytest.raises(InputFault, match="单元 E 填的，不是 W"):
        fill_in(plan.pk, officer, form=read_workbook(taken(a_form(tmp_path, change=rename))), expected=1)
    with pytest.raises(Overtaken):
        fill_in(plan.pk, officer, form=form, expected=0)
    with pytest.raises(NotAllowed):
        fill_in(plan.pk, acting("平野县财政局", "compiler"), form=form, expected=1)
    kept = UnitPlan.objects.get()
    assert (kept.edition, form_of(kept.filled)) == (1, form)
    UnitPlan.objects.update(state="adopted")
    with pytest.raises(NotAllowed, match="已定稿"):
        fill_in(plan.pk, officer, form=form, expected=1)


@pytest.mark.parametrize("suffix", ["gpkg", "zip", "dxf", "geojson"])
def test_parcels_come_from_whatever_layer_a_planner_has(tmp_path, suffix):
    parcels = layer("地块编号" if suffix in {"gpkg", "geojson"} else "id", "P-1", "P-2")
    file = tmp_path / f"parcels.{suffix}"
    if suffix == "zip":
        parcels.to_file(tmp_path / "parcels.shp")
        with zipfile.ZipFile(file, "w") as packed:
            for part in tmp_path.glob("parcels.*"):
                if part != file:
                    packed.write(part, part.name)
    elif suffix == "dxf":
        outlines = parcels.rename(columns={"id": "Layer"})
        outlines.set_geometry(outlines.exterior).to_file(file, driver="DXF")
    else:
        (parcels.to_crs(4326) if suffix == "geojson" else parcels).to_file(file)
    kept = read_parcels(taken(file.read_bytes(), file.name), parcels.crs)
    frame = frame_of(kept)
    assert list(frame["id"]) == ["P-1", "P-2"]
    assert frame.to_crs(parcels.crs).area.tolist() == pytest.approx([90_000, 90_000], rel=1e-5)
    assert kept["file"] == file.name


@pytest.mark.parametrize(
    ("name", "ids", "told"),
    [
        ("id", ("P-1", "P-1"), "编号 P-1 重复"),
        ("编制单位", ("甲", "甲"), "没有编号"),
        ("id", ("P-1", None), "没有编号"),
    ],
)
def test_a_parcel_without_an_id_of_its_own_is_refused(tmp_path, name, ids, told):
    file = tmp_path / "parcels.gpkg"
    layer(name, *ids).to_file(file)
    with pytest.raises(InputFault, match=told) as caught:
        read_parcels(taken(file.read_bytes(), file.name), layer("id").crs)
    assert caught.value.field == "parcels"


def test_shapes_must_have_every_parcel_of_the_workbook(officer, plan, tmp_path):
    form = read_workbook(taken(a_form(tmp_path)))
    file = tmp_path / "parcels.gpkg"
    for ids, fits in ((("P-1",), False), (("P-1", "P-2", "P-9"), True)):
        layer("id", *ids).to_file(file)
        parcels = read_parcels(taken(file.read_bytes(), file.name), layer("id").crs)
        if fits:
            fill_in(plan.pk, officer, form=form, parcels=parcels, expected=0)
        else:
            with pytest.raises(InputFault, match="没有 P-2"):
                fill_in(plan.pk, officer, form=form, parcels=parcels, expected=0)
    with pytest.raises(InputFault, match="不是图层"):
        read_parcels(taken(a_form(tmp_path)), layer("id").crs)


def test_the_pages_lead_from_a_unit_to_a_plan_that_is_filled_in(client_as, officer, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    unit = a_town_unit(officer)
    client = client_as(COUNTY_OFFICE, "compiler")
    page = reverse("planning:unit", args=[unit.pk])
    assert "编制单元规划" in client.get(page).content.decode()
    assert "编制单元规划</button>" not in client_as(OFFICE, "auditor").get(page).content.decode()
    begun = client.post(reverse("planning:unit-plan-begin", args=[unit.pk]))
    plan = UnitPlan.objects.get()
    assert begun["Location"] == reverse("planning:unit-plan", args=[plan.pk])
    told = client.get(begun["Location"]).content.decode()
    assert "还没有填报" in told
    assert "还没有测算结果" in told
    assert "编制单元规划</button>" not in client.get(page).content.decode()
    fill = reverse("planning:unit-plan-fill", args=[plan.pk])
    assert client.get(reverse("planning:unit-plan-workbook", args=[plan.pk])).content[:2] == b"PK"
    assert client.post(fill, {"edition": 0}).status_code == 422
    wrong = as_upload(a_form(tmp_path, 经济与资金=[["支出", "a", "x"]]))
    refused = client.post(fill, {"edition": 0, "workbook": wrong})
    assert refused.status_code == 422
    assert "“经济与资金”表第 2 行“金额（万元）”：“x”不是数。请只写数字" in refused.content.decode()
    file = tmp_path / "parcels.gpkg"
    layer("id", "P-1", "P-2").to_file(file)
    sent = {"edition": 0, "workbook": as_upload(a_form(tmp_path)), "parcels": as_upload(file.read_bytes(), "a.gpkg")}
    assert client.post(fill, sent)["Location"] == reverse("planning:unit-plan", args=[plan.pk])
    kept = UnitPlan.objects.get()
    assert (kept.edition, kept.parcels["file"], kept.job.name) == (1, "a.gpkg", "planning.unit-plan")
    late = client.post(fill, {"edition": 0, "workbook": as_upload(a_form(tmp_path))})
    assert late.status_code == 409
    assert client_as("平野县财政局", "reviewer").get(fill).status_code == 404
    again = client.post(reverse("planning:unit-plan-begin", args=[unit.pk]), follow=True).content.decode()
    assert "第 1 版正在编制" in again
