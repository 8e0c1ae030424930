"""What stands in a text is found, wherever; what is out of sight is neither found nor counted."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huancheng.platform.casework.domain.folding import fold, spread, terms
from huancheng.platform.casework.domain.indexing import index, rebuild
from huancheng.platform.casework.domain.search_kinds import search_kinds
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case, SearchEntry, SearchGram
from huancheng.platform.casework.queries.search import matching, search
from huancheng.platform.casework.queries.snippets import marked, snippet
from tests.platform.casework.walking import OFFICE, Walk, day

ALPHABET = "东南西北关街区ＡaBb1１２ 　ﬁﬀ%_\\'\"İßé"


def brute_force(entries: dict[int, tuple[str, str]], query: str) -> set[int]:
    wanted = terms(query)
    return {
        key
        for key, (title, text) in entries.items()
        if wanted
        and all(term in fold(title) or any(term in fold(line) for line in text.split("\n")) for term in wanted)
    }


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.tuples(st.text(ALPHABET, max_size=12), st.text(ALPHABET + "\n", max_size=20)), max_size=6),
    query=st.text(ALPHABET, min_size=1, max_size=5),
)
def test_search_finds_what_a_walk_over_all_texts_finds(texts, query):
    SearchEntry.objects.all().delete()
    entries = {}
    for key, (title, text) in enumerate(texts):
        made = SearchEntry.objects.create(
            kind="case", key=key, title=title, text=text, folded_title=fold(title),
            folded_text="\n".join(fold(line) for line in text.split("\n")),
        )  # fmt: skip
        from huancheng.platform.casework.domain.folding import grams

        found = grams(f"{made.folded_title}\n{made.folded_text}")
        SearchGram.objects.bulk_create(SearchGram(entry=made, gram=gram) for gram in found)
        entries[key] = (title, text)
    wanted = terms(query)
    found = set(matching(wanted).values_list("key", flat=True)) if wanted else set()
    assert found == brute_force(entries, query)


@given(text=st.text(ALPHABET, max_size=30), query=st.text(ALPHABET, min_size=1, max_size=4))
def test_pieces_put_together_are_the_text(text, query):
    assert "".join(piece.text for piece in marked(text, terms(query))) == text


@given(term=st.text("东南西北关", min_size=1, max_size=40))
def test_pairs_looked_up_stand_in_the_term(term):
    pairs = spread(term, 4)
    assert 1 <= len(pairs) <= 4
    assert all(pair in term for pair in pairs)


def test_the_matching_line_is_shown_around_its_match():
    lines = ["无关的一行", "前" * 60 + "管网老化严重" + "后" * 90]
    pieces = snippet(lines, "东关片区", ["管网"])
    assert [piece.text for piece in pieces if piece.hit] == ["管网"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert snippet(lines, "东关片区", ["东关"]) == []
    assert snippet(lines, "东关片区", ["没有"]) == []


@pytest.fixture
def found_here(db, acting, unit):
    with day(0):
        walks = {
            place: Walk.begin(acting, "unit_plan", unit(jurisdiction=place, key=key))
            for place, key in (("linhe", "LH-01"), ("pingye", "PY-02"))
        }
    rebuild()
    return walks


def titles(acting, query, **more):
    return ["".join(piece.text for piece in hit.title) for hit in search(acting, query, **more).hits]


def test_two_characters_find_a_case(found_here, acting):
    assert titles(acting(OFFICE, "officer"), "单元", kind="case") == [
        "PY-02号单元城市更新单元规划",
        "LH-01号单元城市更新单元规划",
    ]


def test_one_character_full_width_and_small_letters_find_the_same(found_here, acting):
    officer = acting(OFFICE, "officer")
    for query in ("lh-01", "ＬＨ－０１", "LH-01", "单元 lh"):
        assert titles(officer, query, kind="case") == ["LH-01号单元城市更新单元规划"]
    assert len(titles(officer, "单", kind="case")) == 2


def test_what_is_out_of_sight_is_not_counted(found_here, acting):
    compiler = acting("平野县人民政府", "approver")
    found = search(compiler, "单元")
    assert titles(compiler, "单元", kind="case") == ["PY-02号单元城市更新单元规划"]
    assert [(kind.name, number) for kind, number in found.numbers if kind.name != "body"] == [
        ("case", 1),
        ("subject", 1),
    ]
    assert search(compiler, "LH-01").total == 0
    assert search(type(compiler)(compiler.person), "单元").total == 0


def test_the_very_title_comes_first_then_titles_then_texts(found_here, acting):
    officer = acting(OFFICE, "officer")
    linhe, pingye = found_here["linhe"], found_here["pingye"]
    with day(1):
        linhe.carry_out("designate")
        name = next(iter(linhe.standing.plan.instrument.contents))
        write_part(linhe.pk, name, "本单元与 PY-02号单元城市更新单元规划 相邻", linhe.officer_of("compile"))
    index("case", [linhe.pk])
    exact = pingye.case.title
    assert titles(officer, exact, kind="case") == [exact, linhe.case.title]
    assert search(officer, "相邻").hits[0].snippet


def test_the_numbers_of_papers_find_their_case(found_here, acting):
    assert len(titles(acting(OFFICE, "officer"), "示政字〔2026〕", kind="case")) == 2


def test_bodies_are_found_by_everybody_who_holds_a_post(found_here, acting):
    compiler = acting("平野县人民政府", "approver")
    assert "临河县人民政府" in titles(compiler, "临河县人民", kind="body")


def test_an_empty_query_and_an_unknown_kind_find_nothing_strange(found_here, acting):
    officer = acting(OFFICE, "officer")
    assert search(officer, " 　 ").total == 0
    assert search(officer, "单元", kind="nothing").total == search(officer, "单元").total


def test_moving_a_case_brings_its_words_into_step(found_here, acting, django_capture_on_commit_callbacks):
    linhe = found_here["linhe"]
    with day(1), django_capture_on_commit_callbacks(execute=True):
        from huancheng.platform.casework.domain.stepping import complete

        complete(linhe.pk, "designate", linhe.officer_of("designate"), paper="临政函〔2026〕77号")
    assert titles(acting(OFFICE, "officer"), "临政函", kind="case") == [linhe.case.title]


def test_what_is_the_same_is_left_alone_and_what_is_gone_is_forgotten(found_here):
    linhe = found_here["linhe"]
    assert index("case", [linhe.pk]) == 0
    Case.objects.filter(pk=linhe.pk).update(title="改了名")
    assert index("case", [linhe.pk]) == 1
    entry = SearchEntry.objects.get(kind="case", key=linhe.pk)
    assert entry.grams.filter(gram="改了").exists()
    assert index("case", [linhe.pk, 10**9]) == 0
    SearchEntry.objects.create(kind="case", key=10**9, title="无主", folded_title="无主")
    assert index("case", [10**9]) == 1
    assert not SearchEntry.objects.filter(key=10**9).exists()


def test_rebuilding_gives_what_was_kept_in_step(found_here, capsys):
    from django.core.management import call_command

    before = set(SearchGram.objects.values_list("entry__kind", "entry__key", "gram"))
    SearchEntry.objects.create(kind="gone", key=1, title="旧类", folded_title="旧类")
    call_command("rebuild_search")
    assert set(SearchGram.objects.values_list("entry__kind", "entry__key", "gram")) == before
    assert capsys.readouterr().out.splitlines()[0] == "case: 2"
    assert list(search_kinds())[:3] == ["case", "subject", "body"]
