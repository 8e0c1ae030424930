"""The central city is divided into units: by an institute, by the solver; compared, changed by hand, adopted."""

from __future__ import annotations

import re

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import expect

from huancheng.city.snapshot import Snapshot
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.planning.domain.special_plans import set_basis
from huancheng.units.blocks import build_blocks
from tests.platform.atlas.conftest import city, prepared, small_city
from tests.platform.browser import assert_accessible, picture
from tests.platform.planning.making import OFFICE, a_checkup, a_plan

__all__ = ["city", "prepared", "small_city"]

DRAWING = 240_000
"""Milliseconds that drawing may take on a machine that does other things too."""

IN_TOWN = {"x": 560, "y": 300}
"""A place on the map's canvas, 1440 points wide, where there are blocks."""


@pytest.fixture
def institute(small_city, tmp_path):
    """Two halves of the city as a planning institute draws them, roughly, with names."""
    blocks = build_blocks(Snapshot(small_city)).frame
    west, south, east, north = blocks.total_bounds
    middle = (west + east) / 2 + 7.0
    halves = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    file = tmp_path / "drawn.gpkg"
    gpd.GeoDataFrame({"名称": ["西片", "东片"]}, geometry=halves, crs=blocks.crs).to_file(file)
    return file


@pytest.fixture
def plan(acting, city):
    """The central city's draft, which cites a check-up of the small city."""
    officer = acting(OFFICE, "officer")
    begun = a_plan(officer, "wangyue")
    run = a_checkup("临河县")
    CheckupRunRecord.objects.filter(pk=run.pk).update(snapshot=city.digest)
    return set_basis(begun.pk, officer, checkup=run, upper=[], expected=begun.edition)


def back(officer, plan):
    """Go back to the plan by the path on top."""
    where = officer.page.get_by_role("navigation", name="所在位置")
    officer.through(where.get_by_role("link", name=plan.title))


@pytest.mark.journey
@pytest.mark.requirement("5.2-3", "5.2-10")
@pytest.mark.django_db(transaction=True)
def test_units_are_brought_drawn_compared_changed_by_hand_and_adopted(desk, plan, institute):
    officer = desk(OFFICE, "officer")
    page = officer.page
    page.set_default_timeout(DRAWING)
    officer.go("更新规划")
    officer.follow(plan.title)
    officer.follow("单元方案比选")
    officer.follow("导入规划院成果")
    file = {"name": "drawn.gpkg", "mimeType": "application/octet-stream", "buffer": institute.read_bytes()}
    officer.send("导入", 方案名称="规划院方案", 划定成果=file)
    officer.follow("查看结果")
    officer.tells("规划院方案：2 个更新单元")

    back(officer, plan)
    officer.follow("计算划定")
    officer.send("开始划定", 方案名称="计算方案")
    officer.follow("查看结果")
    officer.tells("计算方案")
    page.wait_for_selector("[data-module='unit-map'][data-idle]")
    picture(page, "units-alternative", whole=True)
    assert_accessible(page, without="canvas")

    back(officer, plan)
    expect(page.get_by_role("row", name=re.compile("规划院方案"))).to_contain_text("规划院划定")
    expect(page.get_by_role("row", name=re.compile("计算方案"))).to_contain_text("计算划定")
    picture(page, "units-compared")

    officer.follow("计算方案")
    officer.follow("在图上调整")
    page.wait_for_selector("[data-module='unit-map'][data-idle]")
    ground = page.locator("[data-part='map'] canvas")
    unit_here = page.locator("#edit-units")
    ground.click(position=IN_TOWN)
    expect(page.get_by_label("选中的街块")).not_to_have_value("")
    expect(unit_here).not_to_have_value("")
    before = unit_here.input_value()
    page.get_by_label("新单元名称").fill("新片")
    page.get_by_role("button", name="新划单元").click()
    expect(page.locator("[data-part='tested']")).to_be_visible()
    expect(page.locator("#unit-panel")).to_contain_text("未保存的调整 1 步")
    picture(page, "units-editing")
    assert_accessible(page, without="canvas")
    ground.click(position=IN_TOWN)
    expect(unit_here).to_have_value("新片")
    page.get_by_role("button", name="撤回上一步").click()
    expect(page.locator("#unit-panel")).to_contain_text("未保存的调整 0 步")
    ground.click(position=IN_TOWN)
    expect(unit_here).to_have_value(before)
    page.get_by_role("button", name="重做").click()
    expect(page.locator("#unit-panel")).to_contain_text("未保存的调整 1 步")

    officer.send("保存", 另存为方案="调整方案")
    officer.tells("调整方案")
    officer.press("采用这个方案")
    expect(page.locator("main")).to_contain_text("U01")
    assert plan.units.count() == plan.alternatives.get(adopted=True).figures["units"]
