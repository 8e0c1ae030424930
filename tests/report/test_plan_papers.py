"""Papers of plans: what the data say is what the papers print, in both formats, with maps."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from huancheng.evidence import InputFault
from huancheng.planning.completeness import facility_norms, measure_reach
from huancheng.planning.plan_register import read_register
from huancheng.planning.siting import SitingWork
from huancheng.planning.special_plan import compose_special_plan, read_input
from huancheng.planning.unit_plan import PlanOrder, UnitForm, compose_unit_plan, read_form
from huancheng.policy.book import load_book
from huancheng.report.document import Figure, Heading, Table, plain
from huancheng.report.options import ReportOptions
from huancheng.report.special_plan import write_special_plan_report
from huancheng.report.special_plan.compose import compose_document as compose_special
from huancheng.report.unit_plan import write_unit_plan_report
from huancheng.report.unit_plan.compose import compose_document
from tests.planning import street_town
from tests.planning.filled_form import PROJECTS, fill


@pytest.fixture(scope="module")
def book():
    return load_book("liaocheng-2023")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return street_town.build(tmp_path_factory.mktemp("town") / "city")


@pytest.fixture(scope="module")
def parcels():
    boxes = [shapely.box(-50, -50, 250, 250), shapely.box(250, -50, 950, 250)]
    shapes = [street_town.moved(shape) for shape in boxes]
    return gpd.GeoDataFrame({"id": ["P-1", "P-2"]}, geometry=shapes, crs=street_town.CRS)


@pytest.fixture(scope="module")
def plan(town, book, parcels, tmp_path_factory):
    """The western unit with a project over two red lines, and a regulatory plan it conflicts with."""
    desk = tmp_path_factory.mktemp("desk")
    over = [PROJECTS[0], ["乙", "商街更新", "拆", 4000, 3000, 0, 0, 9000, 200, 10, 2, 2028, 2, "甲"]]
    form = read_form(fill(desk / "form.xlsx", 更新项目=over))
    parcels.assign(far_max=[1.0, 0.5]).to_file(desk / "kg.gpkg", driver="GPKG")
    (desk / "plans.yaml").write_text(
        "plans:\n- {id: k, title: 西片控规, kind: regulatory, state: approved, number: 示政字〔2022〕1号,"
        " layer: kg.gpkg}\n"
        "- {id: m, title: 总规, kind: master, state: approved, number: 示政字〔2024〕3号}\n"
        "opinions:\n- {subject: W, plan: k, conclusion: conforms, number: 函7, given_on: 2026-02-01}\n",
        encoding="utf-8",
    )
    order = PlanOrder(
        town, book, street_town.areas(), "W", form, parcels, read_register(desk / "plans.yaml"), desk,
        SitingWork(starts=2),
    )  # fmt: skip
    return compose_unit_plan(order, measure_reach(town, facility_norms(book)))


def words_of(document):
    found = []
    for block in document.blocks:
        match block:
            case Table(rows=rows, caption=caption):
                found += [caption, *(plain(cell) for row in rows for cell in row)]
            case Heading(title=title):
                found.append(title)
            case Figure(caption=caption):
                found.append(caption)
            case _ if hasattr(block, "content"):
                found.append(plain(block.content))
            case _ if hasattr(block, "items"):
                found += [plain(item) for item in block.items]
    return "\n".join(found)


@pytest.mark.requirement("5.3-3")
def test_the_unit_plan_has_the_five_parts_as_chapters_then_the_agreement(town, plan):
    document = compose_document(town, plan, (), ReportOptions())
    chapters = [block.title for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert chapters == [
        "单元概况", "单元发展定位", "规划控制指标", "基础设施及公共服务设施布局", "经济分析及资金来源安排",
        "地块（项目）实施时序", "与上位规划的一致性",
    ]  # fmt: skip
    assert document.title == "西单元城市更新单元规划"
    assert document.organisation == "区住房和城乡建设局"


def test_breaches_repair_opinion_and_conflict_are_printed(town, plan):
    printed = words_of(compose_document(town, plan, (), ReportOptions()))
    for words in (
        "突破底线",
        "使底线不突破的调整建议",
        "须说明理由并走底线例外论证",
        "函7",
        "不大于 1",
        "以书面意见为准",
    ):
        assert words in printed
    assert "缺数据" in printed
    assert "没有该规划的图层" in printed


def test_an_empty_plan_prints_what_it_lacks(town, book):
    order = PlanOrder(town, book, street_town.areas(), "W", UnitForm({}), work=SitingWork(starts=1))
    empty = compose_unit_plan(order)
    printed = words_of(compose_document(town, empty, (), ReportOptions()))
    for words in ("尚缺", "发展定位未填", "更新项目表为空", "经济与资金表为空", "设施布局表为空", "缺上位规划不得报审"):
        assert words in printed


def test_the_folder_of_a_unit_plan_holds_papers_maps_and_layers(town, plan, book, tmp_path):
    files = write_unit_plan_report(town, plan, book, tmp_path / "out", ReportOptions("东昌府区", "鲁S〔2026〕1号"))
    assert files.pdf.read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(files.docx) as archive:
        text = archive.read("word/document.xml").decode()
    assert "西单元城市更新单元规划" in text
    assert "突破底线" in text
    assert [path.name for path in files.maps] == [
        "1-position.png",
        "2-existing.png",
        "3-planned.png",
        "4-facilities.png",
    ]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in files.maps)
    layers = gpd.list_layers(tmp_path / "out" / "unit_plan.gpkg")["name"].tolist()
    assert layers == ["unit", "parcels", "proposed_sites"]
    assert files.document["repair"]["steps"]
    with pytest.raises(InputFault, match="already holds files"):
        write_unit_plan_report(town, plan, book, tmp_path / "out")


def test_the_same_plan_gives_the_same_papers(town, plan, book, tmp_path):
    one, two = (write_unit_plan_report(town, plan, book, tmp_path / name) for name in ("one", "two"))
    assert one.docx.read_bytes() == two.docx.read_bytes()
    assert one.pdf.read_bytes() == two.pdf.read_bytes()


@pytest.fixture(scope="module")
def special(town, book, tmp_path_factory):
    desk = tmp_path_factory.mktemp("special")
    areas = street_town.areas()
    areas.assign(direction=["补齐设施", ""]).to_file(desk / "key.gpkg", driver="GPKG")
    (desk / "units").mkdir()
    frame = areas.rename(columns={"id": "unit"}).assign(area=areas.area, population=1000.0, floor_area=float("nan"))
    frame.to_file(desk / "units" / "units.gpkg", layer="units", driver="GPKG")
    certificate = {"format": 1, "method": "imported", "units": 2, "status": "feasible", "audit": {"firm": {"no": 0}}}
    (desk / "units" / "units.json").write_text(json.dumps(certificate), encoding="utf-8")
    (desk / "plan.yaml").write_text(
        "title: 中心城区城市更新专项规划\njurisdiction: central\nkey_areas: key.gpkg\n"
        "alternatives: [{title: 方案一, folder: units}]\nadopted: 方案一\n",
        encoding="utf-8",
    )
    return compose_special_plan(town, book, read_input(desk / "plan.yaml"))


@pytest.mark.requirement("5.2-2")
def test_a_special_plan_prints_why_it_is_blocked_and_what_it_holds(town, special, book, tmp_path):
    printed = words_of(compose_special(town, special, (), ReportOptions()))
    for words in (
        "本规划尚不能报审",
        "没有引用已完成的城市体检",
        "有重点区域没有更新方向",
        "规划院划定",
        "未证",
        "总体目标未填",
    ):
        assert words in printed
    files = write_special_plan_report(town, special, book, tmp_path / "out")
    assert files.pdf.read_bytes().startswith(b"%PDF")
    assert files.docx.stat().st_size > 10_000
    assert sorted(path.name for path in (tmp_path / "out" / "maps").iterdir()) == ["1-key-areas.png", "2-units-1.png"]
    assert gpd.list_layers(tmp_path / "out" / "special_plan.gpkg")["name"].tolist() == ["key_areas", "units"]


def test_a_special_plan_without_anything_still_prints(town, special):
    bare = replace(special, key_areas=None, alternatives=(), blocked=("没有重点区域图层",))
    printed = words_of(compose_special(town, bare, (), ReportOptions("市自然资源和规划局")))
    assert "没有重点区域图层" in printed
    assert "没有划定方案" in printed
