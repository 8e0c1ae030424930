"""Before and after, laid side by side: what changed first, what is stated after it, what is the same not at all."""

from __future__ import annotations

import pytest

from huancheng.platform.audit.queries.differences import differences_of


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, []),
        ({"before": "a", "after": "b"}, ["a → b"]),
        ({"before": "a"}, ["a → –"]),
        ({"after": "b"}, ["– → b"]),
        ({"before": {"x": 1, "y": 2}, "after": {"x": 1, "y": 3, "z": True}}, ["y 2 → 3", "z – → 是"]),
        ({"status": ["open", "finished"]}, ["状态 open → finished"]),
        ({"status": ["open", "open"]}, []),
        (
            {"paper": "示政字〔2026〕1号", "status": ["open", "finished"]},
            ["状态 open → finished", "文号 示政字〔2026〕1号"],
        ),
        ({"event": {"step": "review", "passed": False}}, ["环节 review", "是否通过 否"]),
        ({"rows": 3, "nothing": "", "none": None, "empty": []}, ["行数 3"]),
        ({"facts": {"b": 1, "a": "甲"}}, ['事实 {"a": "甲", "b": 1}']),
    ],
)
def test_an_entry_is_laid_out(data, told):
    assert [str(item) for item in differences_of(data)] == told
