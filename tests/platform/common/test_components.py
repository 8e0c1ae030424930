"""The pieces pages are made of: readable without colour, tied to their labels, never markup of a person's."""

from __future__ import annotations

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from huancheng.platform.common.icons import SHAPES, STATIONS
from huancheng.platform.common.look.records import PROVENANCE, Happening, Paper, Station
from huancheng.platform.common.views.look_data import BEGIN, CLAUSE

EVIL = "<script>x</script>"


def drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


class Plain(forms.Form):
    title = forms.CharField(label="名称", help_text="通用地名")
    kind = forms.ChoiceField(label="方式", widget=forms.RadioSelect, choices=[("a", "甲")])
    note = forms.CharField(label="备注", required=False)
    major = forms.BooleanField(label="重大", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        self.add_error(None, "两处不符")


class TestRecords:
    @pytest.mark.parametrize("tone", SHAPES)
    def test_a_light_has_a_shape_and_a_word(self, tone):
        text = drawn("{% light tone words %}", tone=tone, words="逾期")
        assert SHAPES[tone] in text
        assert text.endswith("逾期</span>")

    def test_marks_and_seals_hold_words_only(self):
        for tag in ("mark", "seal"):
            assert "&lt;script" in drawn(f"{{% {tag} words %}}", words=EVIL)

    def test_a_fact_that_is_not_known_is_a_dash(self):
        assert "<dd>–</dd>" in drawn('{% fact "a" value %}', value=None)
        assert "<dd>0</dd>" in drawn('{% fact "a" value %}', value=0)
        assert "依据" in drawn('{% fact "a" 1 "条文" %}')
        assert drawn("{% facts pairs %}", pairs=[("a", EVIL)]).count("&lt;script") == 1

    @pytest.mark.parametrize("state", STATIONS)
    def test_a_station_says_its_state_in_words(self, state):
        station = Station(
            "审核", state, "市专班", "审核乙", BEGIN, "3 天", BEGIN, "逾期 2 天", EVIL, (CLAUSE,), True, "同意"
        )
        text = drawn("{% stations line %}", line=[station])
        for words in ("审核", "市专班", "审核乙", "3 天", "逾期 2 天", CLAUSE[1], "同时办理", "同意"):
            assert words in text
        assert EVIL not in text
        assert ('aria-current="step"' in text) is (state in {"current", "late", "stopped"})

    def test_a_station_not_reached_says_when_it_is_due(self):
        assert "期限 2026-03-02" in drawn("{% stations line %}", line=[Station("备案", "waiting", due=BEGIN)])

    def test_what_happened_is_told_with_who_and_when(self):
        item = Happening(BEGIN, "同意", "审核乙", EVIL, "green", "/x/", "看差异", ("临政字〔2026〕12号",))
        text = drawn("{% timeline items %}", items=[item])
        for words in ("2026-03-02", "同意", "审核乙", "看差异", "临政字〔2026〕12号"):
            assert words in text
        assert EVIL not in text

    def test_a_paper_one_may_not_fetch_has_no_link(self):
        text = drawn("{% papers files %}", files=[Paper("a.docx"), Paper("b.docx", "/b/", "2 MB", mark="公开版")])
        assert text.count("href=") == 2
        assert "公开版" in text

    @pytest.mark.parametrize("provenance", PROVENANCE)
    def test_a_figure_says_where_it_comes_from(self, provenance):
        text = drawn("{% figure 12.5 '亩' provenance=p asof=day url='/x/' %}", p=provenance, day=BEGIN)
        assert "12.5" in text
        assert "2026-03-02" in text
        assert str(PROVENANCE[provenance][1]) in text
        assert "<abbr" in drawn("{% source p %}", p=provenance)

    def test_a_figure_that_is_not_known_has_no_unit(self):
        assert drawn("{% figure value '亩' %}", value=None) == '<span class="figure">–</span>'


class TestPages:
    def test_an_icon_is_silent_unless_it_has_words(self):
        assert 'aria-hidden="true"' in drawn('{% icon "bell" %}')
        assert 'aria-label="通知"' in drawn('{% icon "bell" "通知" %}')
        with pytest.raises(KeyError):
            drawn('{% icon "nonsense" %}')

    def test_where_one_is_ends_without_a_link(self):
        assert drawn('{% crumb words "/a/" %}', words=EVIL).count("&lt;script") == 1
        assert 'aria-current="page"' in drawn('{% crumb "a" %}')

    def test_links_that_look_like_buttons(self):
        assert 'class="button primary" href="/a/"' in drawn('{% action "发起" "/a/" "add" "primary" %}')
        assert "<svg" not in drawn('{% action "发起" "/a/" %}')

    def test_tabs_say_where_one_is(self):
        text = drawn("{% tabs 'x' entries 2 %}", entries=[("a", "/a/", True, 1200), ("b", "/b/", False)])
        assert text.count("aria-current") == 1
        assert "1,200" in text
        assert "second" in text

    @pytest.mark.parametrize(("query", "link"), [("?sort=a&page=2", "?sort=a&page=3"), ("", "?page=3")])
    def test_pages_keep_the_rest_of_the_address(self, query, link):
        page = Paginator(range(95), 10).page(2)
        text = drawn("{% pagination page %}", page=page, request=RequestFactory().get(f"/{query}"))
        assert link.replace("&", "&amp;") in text
        assert "共 95 条" in text

    def test_a_single_page_has_no_links(self):
        assert "<a" not in drawn("{% pagination page %}", page=Paginator(range(3), 10).page(1))

    def test_what_opens_under_its_words(self):
        assert "<summary" in drawn('{% menu "更多" "add" %}<b>x</b>{% endmenu %}')
        assert "依据" in drawn("{% popover %}x{% endpopover %}")
        assert "为何" in drawn('{% popover "为何" %}x{% endpopover %}')
        assert 'id="ask"' in drawn('{% confirm "ask" "删除？" "删除" "danger" %}x{% endconfirm %}')

    def test_empty_and_loading_say_so(self):
        assert "<h2>还没有</h2>" in drawn('{% empty "还没有" %}x{% endempty %}')
        assert drawn("{% skeleton 3 %}").count('class="skeleton"') == 3
        assert "正在加载" in drawn("{% skeleton %}")

    def test_a_page_with_a_map_names_its_worker(self):
        assert "map-worker" in drawn("{% map_assets %}")
        assert "main" in drawn('{% asset "main.css" %}')


class TestForms:
    def test_a_field_is_tied_to_its_label_and_its_help(self):
        text = drawn("{% field form.title clause='条文' unit='亩' %}", form=Plain())
        assert '<label for="id_title">名称</label>' in text
        assert 'aria-describedby="id_title_help"' in text
        assert "条文" in text
        assert "亩" in text

    def test_what_is_wrong_stands_at_the_field_and_on_top(self):
        text = drawn("{% form_fields form %}", form=Plain({"title": ""}))
        assert 'role="alert"' in text
        assert 'href="#id_title"' in text
        assert "两处不符" in text
        assert 'aria-describedby="id_title_help id_title_wrong"' in text
        assert 'aria-invalid="true"' in text

    def test_nothing_is_listed_where_all_is_well(self):
        assert drawn("{% error_summary form %}", form=Plain()).strip() == ""

    def test_what_need_not_be_filled_in_says_so(self):
        assert "选填" in drawn("{% field form.note %}", form=Plain())
        assert "选填" not in drawn("{% field form.title %}", form=Plain())

    def test_choices_have_a_legend_and_a_box_its_words_behind(self):
        assert "<legend" in drawn("{% field form.kind %}", form=Plain())
        assert 'class="choice"' in drawn("{% field form.major %}", form=Plain())
        assert "<label" not in drawn("{% field form.secret %}", form=Plain())

    def test_what_a_person_typed_stays_text(self):
        assert EVIL not in drawn("{% form_fields form %}", form=Plain({"title": EVIL, "note": EVIL}))
