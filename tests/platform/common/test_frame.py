"""The frame: what leads where, in which language and colours, and where a form may lead on to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from huancheng.platform.common import assets, clock, frame, rail
from huancheng.platform.common.drafts import ArrivedDrafts
from huancheng.platform.common.frame import PARTS, Frame
from huancheng.platform.common.icons import ICONS
from huancheng.platform.common.look import words
from huancheng.platform.common.rail import ORDER, PLACE_ICONS, RailEntry, rail_items
from huancheng.platform.common.redirects import next_page

CLERK = ("临河县城市更新工作专班", "clerk")


class TestHome:
    @pytest.mark.django_db
    def test_a_visitor_is_led_to_the_sign_in_page(self):
        assert Client().get("/")["Location"] == reverse("bodies:sign-in")

    def test_a_person_is_led_to_the_first_entry_of_the_rail(self, client_as):
        client = client_as(*CLERK)
        first = client.get("/")["Location"]
        assert client.get(first).status_code == 200

    def test_a_person_without_any_entry_is_told_why(self, client_as, monkeypatch):
        monkeypatch.setattr(rail, "_ENTRIES", {})
        answer = client_as(*CLERK).get("/")
        assert "您目前没有岗位" in answer.content.decode()


class TestRail:
    @pytest.fixture
    def entries(self, monkeypatch):
        made = {
            "审批": RailEntry("审批", "common:robots", lambda _acting: True),
            "工作台": RailEntry("工作台", "common:home", lambda _acting: True, "nonsense"),
            "政策": RailEntry("政策", "common:look", lambda acting: acting is not None, "policy"),
        }
        monkeypatch.setattr(rail, "_ENTRIES", made)

    def items(self, path: str, acting: object = None, namespace: str = ""):
        request = RequestFactory().get(path)
        request.resolver_match = SimpleNamespace(namespace=namespace)
        return rail_items(request, acting)

    @pytest.mark.usefixtures("entries")
    def test_entries_stand_in_the_order_of_the_chain_and_only_for_those_who_may(self):
        assert [item.place for item in self.items("/")] == ["工作台", "审批"]
        assert [item.place for item in self.items("/", acting=1)] == ["工作台", "审批", "政策"]

    @pytest.mark.usefixtures("entries")
    @pytest.mark.parametrize(
        ("path", "namespace", "current"),
        [("/", "", ["工作台"]), ("/look/units/3/", "", ["政策"]), ("/else/", "common", ["工作台"]), ("/else/", "", [])],
    )
    def test_the_entry_behind_which_the_page_lies_is_current(self, path, namespace, current):
        assert [item.place for item in self.items(path, 1, namespace) if item.current] == current

    @pytest.mark.usefixtures("entries")
    def test_every_entry_has_an_icon_even_if_it_names_none_there_is(self):
        assert [item.icon for item in self.items("/", 1)] == ["worklist", "casework", "policy"]
        assert {PLACE_ICONS[place] for place in ORDER} <= set(ICONS)


class TestParts:
    def test_a_part_nobody_offers_has_no_address(self, monkeypatch):
        monkeypatch.setattr(frame, "PARTS", frame.FrameParts(search_url="nobody:offers", notices_url="common:robots"))
        urls = Frame(RequestFactory().get("/")).urls
        assert urls["search"] == ""
        assert urls["years"] == ""
        assert urls["notices"] == "/robots.txt"

    def test_parts_are_asked_for_only_when_a_page_shows_them(self, monkeypatch):
        asked = []
        monkeypatch.setattr(PARTS, "notices", lambda _request: asked.append(1) or 7)
        monkeypatch.setattr(PARTS, "city", lambda _request: "示例市")
        monkeypatch.setattr(PARTS, "years", lambda _request: [(2026, True)])
        monkeypatch.setattr(PARTS, "acting_choices", lambda _request: [frame.ActingChoice("1", "文书")])
        shown = Frame(RequestFactory().get("/"))
        assert asked == []
        assert (shown.notices, shown.city, shown.years, shown.acting_choices[0].label) == (
            7, "示例市", [(2026, True)], "文书",
        )  # fmt: skip

    def test_nothing_is_offered_at_first(self):
        empty, request = frame.FrameParts(), RequestFactory().get("/")
        assert (empty.city(request), empty.notices(request)) == ("", 0)
        assert (*empty.acting_choices(request), *empty.years(request)) == ()

    @pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("x", "auto"), ("", "auto")])
    def test_colours_are_one_of_three(self, cookie, theme):
        request = RequestFactory().get("/")
        request.COOKIES["theme"] = cookie
        assert Frame(request).theme == theme


@pytest.mark.django_db
class TestLanguage:
    def test_pages_are_chinese_whatever_the_browser_prefers(self):
        answer = Client(headers={"Accept-Language": "en"}).get("/look/")
        assert '<html lang="zh-CN"' in answer.content.decode()
        assert answer["Content-Language"] == "zh-CN"

    def test_the_switch_is_remembered_and_leads_back(self):
        client = Client()
        answer = client.post("/language/", {"language": "en", "next": "/look/?a=1"})
        assert answer["Location"] == "/look/?a=1"
        assert 'lang="en"' in client.get("/look/").content.decode()

    def test_an_unknown_language_changes_nothing(self):
        client = Client()
        client.post("/language/", {"language": "xx"})
        assert "django_language" not in client.cookies


class TestRedirects:
    @pytest.mark.parametrize("wanted", ["/cases/3/", "/cases/?a=1&b=//x"])
    def test_an_own_path_is_followed(self, wanted):
        assert next_page(RequestFactory().post("/", {"next": wanted})) == wanted
        assert next_page(RequestFactory().get("/", {"next": wanted})) == wanted

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
            "http:evil", "/x\r\nX: y", "", " //evil.example", "///evil.example",
        ],
    )  # fmt: skip
    def test_anything_else_leads_home(self, wanted):
        found = next_page(RequestFactory().post("/", {"next": wanted}), "common:robots")
        assert found == "/robots.txt"


class TestDrafts:
    def arrive(self, answer: HttpResponse, method: str = "post", sent: str = "draft:1:x") -> HttpResponse:
        request = getattr(RequestFactory(), method)("/")
        if sent:
            request.COOKIES["draft_sent"] = sent
        return ArrivedDrafts(lambda _request: answer)(request)

    def test_a_form_that_led_on_has_arrived(self):
        answer = self.arrive(HttpResponse(status=302, headers={"Location": "/cases/"}))
        assert answer.cookies["draft_arrived"].value == "draft:1:x"

    @pytest.mark.parametrize("status", [200, 400, 409, 500, 503])
    def test_a_form_that_came_back_has_not(self, status):
        assert "draft_arrived" not in self.arrive(HttpResponse(status=status)).cookies

    def test_being_asked_to_sign_in_again_is_no_arrival(self):
        answer = HttpResponse(status=302, headers={"Location": f"{reverse('bodies:sign-in')}?next=/cases/"})
        assert "draft_arrived" not in self.arrive(answer).cookies

    def test_other_requests_say_nothing(self):
        led_on = {"status": 302, "headers": {"Location": "/x/"}}
        assert "draft_arrived" not in self.arrive(HttpResponse(**led_on), "get").cookies
        assert "draft_arrived" not in self.arrive(HttpResponse(**led_on), sent="").cookies


class TestNotesForMachines:
    def test_search_engines_are_asked_to_stay_out(self):
        assert "Disallow: /" in Client().get("/robots.txt").content.decode()

    def test_a_weakness_has_somebody_to_be_told_to_for_half_a_year(self, settings):
        settings.SECURITY_CONTACT = "mailto:security@city.example"
        with clock.at(datetime(2026, 11, 22, tzinfo=UTC)):
            text = Client().get("/.well-known/security.txt").content.decode()
        assert "Contact: mailto:security@city.example" in text
        assert "Expires: 2027-05-21T00:00:00Z" in text


class TestAssets:
    def test_a_built_file_bears_the_hash_of_its_content(self, tmp_path, monkeypatch):
        monkeypatch.setattr(assets, "FOLDER", tmp_path)
        (tmp_path / "manifest.json").write_text('{"main.css": "main-ABCDEFGH.css"}')
        assert assets.address("main.css") == "/static/built/main-ABCDEFGH.css"
        assert assets.never_changes("", assets.address("main.css"))

    def test_what_was_not_built_still_has_an_address(self, tmp_path, monkeypatch):
        monkeypatch.setattr(assets, "FOLDER", tmp_path / "none")
        assert assets.address("main.css") == "/static/built/main.css"
        assert not assets.never_changes("", "/static/built/main.css")
        assert not assets.never_changes("", "/static/common/mark.svg")


class TestWords:
    @pytest.mark.parametrize(
        ("value", "written"), [(None, "–"), ("", "–"), (0, "0"), (1234.5, "1,234.5"), (-0.00001, "0"), (12, "12")]
    )
    def test_numbers(self, value, written):
        assert words.number(value) == written

    def test_numbers_with_so_many_places(self):
        assert words.number(3, 2) == "3.00"
        assert words.number(0, "1") == "0.0"

    def test_days_and_moments_are_the_citys(self):
        late = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
        assert (words.day(late), words.moment(late)) == ("2026-11-22", "2026-11-22 01:00")
        assert words.day(date(2026, 1, 2)) == "2026-01-02"
        assert (words.day(None), words.moment(None)) == ("–", "–")
        naive = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001 - one without a zone is meant
        assert (words.day(naive), words.moment(naive)) == ("2026-01-02", "2026-01-02 03:04")

    def test_money_is_in_ten_thousands_with_the_yuan_on_hover(self):
        assert 'title="12,345.00 元"' in words.wan(12345)
        assert "1.23<span" in words.wan(12345)
        assert words.wan(None) == "–"
