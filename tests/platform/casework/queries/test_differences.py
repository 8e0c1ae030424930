"""Differences between two texts: nothing lost, nothing invented, words kept together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huancheng.platform.casework.queries.differences import Run, changed, differences

texts = st.text(alphabet="更新单元规划。；\nab1 ", max_size=80)


@given(texts, texts)
def test_kept_and_removed_make_the_old_text_and_kept_and_added_the_new(before, after):
    runs = differences(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
    assert all(run.text for run in runs)


@given(texts)
def test_the_same_text_has_no_difference(text):
    assert {run.kind for run in differences(text, text)} <= {"kept"}


def test_a_number_and_a_word_are_replaced_whole():
    assert differences("容积率不高于1.8，含 park 两处。", "容积率不高于1.6，含 parks 两处。") == [
        Run("kept", "容积率不高于"),
        Run("removed", "1.8"),
        Run("added", "1.6"),
        Run("kept", "，含 "),
        Run("removed", "park"),
        Run("added", "parks"),
        Run("kept", " 两处。"),
    ]


def test_a_single_character_that_chances_to_agree_does_not_cut_a_change_in_two():
    runs = differences("北关片区养老设施。", "北关托育的公服设施。")
    assert [run.kind for run in runs] == ["kept", "removed", "added", "kept"]


def test_a_passage_too_long_to_compare_is_shown_as_replaced():
    before, after = "甲" * 1200, "乙" * 1200
    assert differences(before, after) == [Run("removed", before), Run("added", after)]


def test_space_around_is_no_change():
    assert not changed("文字\n", "文字")
    assert changed("文字", "文字一")
