"""The map in a real browser: layers on and off, what lies here, an indicator by area, measuring, printing."""

from __future__ import annotations

import io
import json
import math
import re

import numpy as np
import pytest
import shapely
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect
from pyproj import Geod, Transformer

from huancheng.checkup import run_checkup
from huancheng.city.snapshot import Snapshot
from huancheng.platform.atlas.domain.folders import labels_file
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.checkups.domain.taking import take_run
from huancheng.platform.checkups.models import IndicatorValue
from huancheng.report.drawing.classes import RAMP
from tests.platform.browser import *  # noqa: F403 - fixtures
from tests.platform.browser import NARROW, assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
AUDITOR = ("市专班办公室", "auditor")
INDICATOR = "2023-C-14"
PATIENCE = 90_000
ZOOM = 16
ELLIPSOID = Geod(a=6_378_137, rf=298.257222101)
WATER, LAND = (0xCB, 0xDD, 0xE6), (0xF6, 0xF7, 0xF7)


@pytest.fixture(scope="session")
def small_run(small_city, tmp_path_factory):
    """A check-up of the small city."""
    folder = tmp_path_factory.mktemp("run") / "run"
    run_checkup(Snapshot(small_city), "national-2023", folder)
    return folder


@pytest.fixture
def checked(city, small_run):
    """The small city, shown, with its check-up."""
    return take_run(small_run, PROGRAM)[0]


@pytest.fixture
def opened(page_as, city):
    """Return a function that opens the map and waits until it is drawn."""

    def open_map(hash_: str = "", **how):
        page = page_as(*AUDITOR, **how)
        page.set_default_timeout(PATIENCE)
        page.goto(reverse("atlas:map") + hash_)
        page.wait_for_selector(".atlas[data-idle]", timeout=PATIENCE)
        return page

    return open_map


@pytest.fixture(scope="session")
def inside(small_city):
    """Return a function that gives the id of the largest shape of a layer and a point deep inside it, in degrees."""

    def largest(layer: str) -> tuple[str, float, float]:
        frame = Snapshot(small_city).layer(layer, [])
        row = frame.loc[frame.geometry.area.idxmax()]
        middle = shapely.maximum_inscribed_circle(row.geometry).coords[0]
        longitude, latitude = Transformer.from_crs(frame.crs, "EPSG:4490", always_xy=True).transform(*middle)
        return row["id"], longitude, latitude

    return largest


def at(longitude: float, latitude: float, more: str = "") -> str:
    return f"#map={ZOOM}/{latitude:.6f}/{longitude:.6f}{more}"


def middle_of(page) -> tuple[float, float]:
    box = page.locator(".atlas-map").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def colour_of_middle(page) -> tuple[int, int, int]:
    """The colour just under where the name of what lies in the middle stands."""
    x, y = middle_of(page)
    shot = page.screenshot(clip={"x": x - 1, "y": y + 17, "width": 3, "height": 3})
    return Image.open(io.BytesIO(shot)).convert("RGB").getpixel((1, 1))


def wait_for_colour(page, wanted: tuple[int, int, int], within: int = 6) -> None:
    """Wait until the middle of the map has a colour."""
    for _try in range(60):
        found = colour_of_middle(page)
        if all(abs(one - other) <= within for one, other in zip(found, wanted, strict=True)):
            return
        page.wait_for_timeout(250)
    pytest.fail(f"the middle of the map is {found}, not {wanted}")


def test_a_layer_is_switched_off_and_on(opened, inside):
    _, longitude, latitude = inside("water")
    page = opened(at(longitude, latitude, "&layers=-cases,-divisions"))
    wait_for_colour(page, WATER)
    page.uncheck("[data-layer=water]")
    for layer in ("waterways", "green_space"):
        page.uncheck(f"[data-layer={layer}]")
    wait_for_colour(page, LAND)
    expect(page).to_have_url(re.compile("-water,"))
    page.check("[data-layer=water]")
    wait_for_colour(page, WATER)
    expect(page).not_to_have_url(re.compile("-water,"))


def test_a_click_tells_all_that_is_known_of_a_building(opened, inside, city):
    identifier, longitude, latitude = inside("buildings")
    page = opened(at(longitude, latitude))
    page.mouse.click(*middle_of(page))
    panel = page.locator(".atlas-panel")
    expect(panel).to_contain_text(identifier)
    expect(panel).to_contain_text("建筑")
    expect(panel.locator("abbr.source").first).to_have_attribute("title", re.compile("合成"))
    expect(page).to_have_url(re.compile(re.escape(f"at=buildings:{identifier}")))
    panel.locator("[data-close]").click()
    expect(panel).to_be_hidden()
    expect(page).not_to_have_url(re.compile("at="))


def test_the_keyboard_asks_what_lies_in_the_middle(opened, inside):
    identifier, longitude, latitude = inside("buildings")
    page = opened(at(longitude, latitude))
    page.locator(".atlas-map canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-panel")).to_contain_text(identifier)


def test_an_indicator_is_drawn_in_the_classes_and_words_of_the_register(opened, inside, checked):
    page = opened(f"#run={checked.pk}&indicator={INDICATOR}&by=street")
    rows = IndicatorValue.objects.filter(run=checked, indicator=INDICATOR, scope_kind="street").exclude(scope_id="")
    known = {row.scope_name: row.words or "缺数据" for row in rows}
    page.click("[data-act=table]")
    table = page.locator("[data-part=tables] table").first
    expect(table).to_contain_text(next(iter(known)))
    shown = dict(
        table.locator("tbody tr").evaluate_all("rows => rows.map(row => [...row.cells].map(c => c.innerText))")
    )
    assert shown == known
    legend = page.locator("[data-part=legend]")
    expect(legend).to_contain_text("小学学位缺口数（街道，个）")
    expect(legend).to_contain_text(re.compile(r"^(?:[^≤]*≤){5}[^≤]*$"))
    page.select_option("[data-field=by]", "community")
    expect(page.locator("[data-part=legend]")).to_contain_text("社区")
    expect(page).to_have_url(re.compile("by=community"))


def test_an_area_has_the_colour_of_its_class(opened, checked, small_city):
    row = IndicatorValue.objects.filter(run=checked, indicator=INDICATOR, scope_kind="street").latest("amount")
    snapshot = Snapshot(small_city)
    streets, green = snapshot.layer("divisions", []), snapshot.layer("green_space", [])
    area = streets.loc[streets["id"] == row.scope_id].geometry.iloc[0]
    parks = green[green.within(area)]
    middle = shapely.maximum_inscribed_circle(parks.loc[parks.area.idxmax()].geometry).coords[0]
    longitude, latitude = Transformer.from_crs(streets.crs, "EPSG:4490", always_xy=True).transform(*middle)
    off = "&layers=-green_space,-water,-cases,-divisions"
    page = opened(at(longitude, latitude, f"&run={checked.pk}&indicator={INDICATOR}&by=street{off}"))
    darkest = tuple(int(RAMP[-1][place : place + 2], 16) for place in (1, 3, 5))
    wait_for_colour(page, tuple(round(0.82 * one + 0.18 * other) for one, other in zip(darkest, LAND, strict=True)), 12)


def test_coordinates_are_those_of_the_surveyors(opened, inside, city):
    _, longitude, latitude = inside("buildings")
    page = opened(at(longitude, latitude))
    expect(page.locator("[data-part=degrees]")).to_have_text(f"{longitude:.6f}°E {latitude:.6f}°N")
    told = page.locator("[data-part=metres]").inner_text()
    north, east = (float(part) for part in re.findall(r"[\d.]+", told))
    shown = Transformer.from_crs("EPSG:4490", city.crs, always_xy=True).transform(
        round(longitude, 6), round(latitude, 6)
    )
    assert (east, north) == pytest.approx(shown, abs=0.02)
    expect(page.locator(".atlas-system")).to_contain_text("中央经线 117°E")


def test_distances_and_areas_are_those_of_the_ellipsoid(opened, inside):
    _, longitude, latitude = inside("buildings")
    page = opened(at(longitude, latitude))
    x, y = middle_of(page)
    corners = [(x, y), (x + 200, y), (x + 200, y + 150)]
    places = [_unprojected(longitude, latitude, cx - x, cy - y) for cx, cy in corners]
    page.click("[data-act=distance]")
    measured = page.locator("[data-part=measured]")
    for corner in corners[:2]:
        page.mouse.click(*corner)
    expect(measured).to_contain_text("距离")
    length = ELLIPSOID.line_length(*zip(*places[:2], strict=True))
    assert _first_number(measured.inner_text()) == pytest.approx(length, rel=0.005)
    page.click("[data-act=area]")
    for corner in corners:
        page.mouse.click(*corner)
    expect(measured).to_contain_text("公顷")
    area, _ = ELLIPSOID.polygon_area_perimeter(*zip(*places, strict=True))
    assert _first_number(measured.inner_text()) * 10_000 == pytest.approx(abs(area), rel=0.01)
    page.keyboard.press("Escape")
    expect(measured).to_be_hidden()


def _unprojected(longitude: float, latitude: float, right: float, down: float) -> tuple[float, float]:
    """Return the place so many pixels from the middle of the map: Web Mercator with tiles of 512 pixels."""
    world = 512 * 2**ZOOM
    y = math.asinh(math.tan(math.radians(latitude))) - down / world * 2 * math.pi
    return longitude + right / world * 360, math.degrees(math.atan(math.sinh(y)))


def _first_number(words: str) -> float:
    return float(re.search(r"[\d,]+\.\d+", words)[0].replace(",", ""))


def test_the_address_opens_the_same_map(opened, inside):
    _, longitude, latitude = inside("buildings")
    page = opened(at(longitude, latitude))
    page.check("[data-layer=facilities]")
    page.uncheck("[data-group=commerce]")
    page.select_option("[data-field=paint]", "floors")
    page.check("[data-field=solid]")
    expect(page).to_have_url(re.compile("facilities.*floors|floors.*facilities"))
    again = opened(page.url[page.url.index("#") :])
    for selector, checked in (("[data-layer=facilities]", True), ("[data-group=commerce]", False)):
        expect(again.locator(selector)).to_be_checked(checked=checked)
    expect(again.locator("[data-field=paint]")).to_have_value("floors")
    expect(again.locator("[data-field=solid]")).to_be_checked()
    expect(again).to_have_url(re.compile(re.escape(page.url)))


def test_a_place_is_found_and_visited(opened, city):
    place = city.places.filter(layer="estates").first()
    page = opened()
    page.fill("#atlas-search", place.name)
    page.locator(".atlas-result", has_text=place.name).first.click()
    expect(page.locator(".atlas-panel h2")).to_have_text(place.name)
    expect(page.locator("[data-layer=estates]")).to_be_checked()


def test_the_map_is_printed_as_one_pdf(opened, checked):
    page = opened(f"#run={checked.pk}&indicator={INDICATOR}&by=street", theme="dark")
    expect(page.locator("[data-part=legend]")).to_contain_text("小学学位缺口数")
    page.click("[data-opens=atlas-print]")
    expect(page.locator("#print-title")).to_have_value("小学学位缺口数（街道）")
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.click("#atlas-print button[type=submit]")
    data = waiting.value.path().read_bytes()
    assert data.startswith(b"%PDF")
    assert len(data) > 50_000
    expect(page.locator("[data-part=print-words]")).to_have_text("PDF 已生成")


def test_names_are_drawn_in_letters_and_digits(opened, city):
    """A name of Chinese and digits puts ink of its own colour on the map, with no glyph fetched from anywhere."""
    labels = json.loads(labels_file(city.digest).read_text("utf-8"))["features"]
    parks = [item for item in labels if item["properties"]["layer"] == "green_space"]
    park = max(
        (item for item in parks if re.search(r"\d", item["properties"]["name"])),
        key=lambda item: item["properties"]["side"],
    )
    page = opened(at(*park["geometry"]["coordinates"], "&layers=-cases,-divisions,-streets,-railways,-built_up_area"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    x, y = middle_of(page)
    shot = Image.open(io.BytesIO(page.screenshot(clip={"x": x - 60, "y": y - 12, "width": 120, "height": 24})))
    dark = np.asarray(shot.convert("L")) < 165
    columns = np.flatnonzero(dark.any(axis=0))
    name = park["properties"]["name"]
    assert np.ptp(columns) > 8 * len(name), f"{name} is written over its whole length"
    assert not [url for url in asked if ".pbf" in url]


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("zh-hans", "light", None), pytest.param("en", "dark", NARROW, marks=pytest.mark.journey)],
)
def test_the_page_is_accessible(opened, checked, language, theme, size):
    page = opened(f"#run={checked.pk}&indicator={INDICATOR}&by=street", language=language, theme=theme, size=size)
    if size is None:
        page.click("[data-act=table]")
    assert_accessible(page, without="canvas")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["checkups:runs", "checkups:run", "checkups:problems", "checkups:actions"])
def test_pages_of_check_ups_are_accessible(page_as, checked, name):
    page = page_as(*AUDITOR)
    page.goto(reverse(name, args=[] if name == "checkups:runs" else [checked.pk]))
    assert_accessible(page)
