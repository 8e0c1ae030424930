"""Chapters of evaluation: one for each system, by dimension or level, with charts and maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from huancheng.evidence import State
from huancheng.report import layout
from huancheng.report.checkup.cells import GRADE_ORDER, grade_text, lamp_of, named, note_text, result_text, target_text
from huancheng.report.checkup.material import DrawnMap, Material
from huancheng.report.document import Align, Block, Column, Figure, Heading, Paragraph, Table, text
from huancheng.report.drawing.charts import Series, stacked_bars
from huancheng.report.numerals import MISSING, NOT_APPLICABLE, chinese_list
from huancheng.report.results import SystemResults, words

_MAPS_PER_GROUP = 2
_STATE_COLOURS = (
    (State.KNOWN, "已知", layout.TEAL),
    (State.MISSING, MISSING, "#c3cad0"),
    (State.NOT_APPLICABLE, NOT_APPLICABLE, "#e6eaed"),
)


def evaluation(material: Material, item: SystemResults) -> list[Block]:
    """Return the chapter of one system."""
    blocks: list[Block] = [Heading(1, f"按{item.grouping}评价（{item.year} 年指标体系）"), *_charts(item)]
    for group in item.groups:
        blocks += _group(material, item, group)
    return blocks


def _charts(item: SystemResults) -> list[Block]:
    city = item.city()
    states = [
        Series(
            name,
            colour,
            [int(((city["group"] == group) & (city["state"] == state.value)).sum()) for group in item.groups],
        )
        for state, name, colour in _STATE_COLOURS
    ]
    words_known = "；".join(
        f"{group}已知 {states[0].amounts[row]:g} 项，{MISSING} {states[1].amounts[row]:g} 项"
        for row, group in enumerate(item.groups)
    )
    caption = f"{item.year} 年指标体系各{item.grouping}指标的数值情况"
    blocks: list[Block] = [Figure(stacked_bars(item.groups, states, unit="项"), caption, words_known, 0.94)]
    grades = city["grade"].fillna("")
    present = [grade for grade in GRADE_ORDER if (grades == grade).any()]
    present += sorted(set(grades) - set(present) - {""})
    if not present:
        return blocks
    groups = [group for group in item.groups if ((city["group"] == group) & (grades != "")).any()]
    series = [
        Series(
            grade,
            layout.LAMP_COLOURS[lamp_of(grade)] if grade != "较好" else "#7fae93",
            _counts(city, grades, groups, grade),
        )
        for grade in present
    ]
    description = "；".join(
        f"{group}：" + "，".join(f"{part.name} {part.amounts[row]:g} 项" for part in series if part.amounts[row])
        for row, group in enumerate(groups)
    )
    caption = f"{item.year} 年指标体系各{item.grouping}已分级指标"
    return [*blocks, Figure(stacked_bars(groups, series, unit="项"), caption, description, 0.94)]


def _counts(city: pd.DataFrame, grades: pd.Series[Any], groups: Sequence[str], grade: str) -> list[int]:
    return [int(((city["group"] == group) & (grades == grade)).sum()) for group in groups]


def _group(material: Material, item: SystemResults, group: str) -> list[Block]:
    city = item.city(group)
    rows = tuple(
        (named(row, item), result_text(row), target_text(row), grade_text(row), text(note_text(words(row.note)) or "—"))
        for row in city.itertuples()
    )
    columns = (
        Column("指标", 3.3), Column("结果", 1.9, Align.RIGHT), Column("目标", 1.7, Align.CENTRE),
        Column("分级", 1.3, Align.CENTRE), Column("说明", 3.6),
    )  # fmt: skip
    blocks: list[Block] = [Heading(2, group), Paragraph(text(_sentence(city)))]
    blocks.append(Table(f"{group}：指标结果", columns, rows))
    return blocks + [
        Figure(drawn.image, drawn.caption, drawn.description) for drawn in _chosen_maps(material, item, group)
    ]


def _sentence(city: pd.DataFrame) -> str:
    states = city["state"].value_counts()
    known = int(states.get(State.KNOWN.value, 0))
    parts = [f"本部分共 {city['indicator'].nunique()} 项指标，其中已知 {known} 项"]
    for state, word in ((State.MISSING, MISSING), (State.NOT_APPLICABLE, NOT_APPLICABLE)):
        if states.get(state.value, 0):
            parts.append(f"{word} {int(states[state.value])} 项")
    sentence = "，".join(parts) + "。"
    grades = city[city["grade"].fillna("") != ""]
    if len(grades):
        counts = [f"{grade} {int((grades['grade'] == grade).sum())} 项" for grade in dict.fromkeys(grades["grade"])]
        sentence += f"已分级的 {len(grades)} 项中，{'，'.join(counts)}。"
    bad = [
        words(name)
        for name, grade in zip(grades["name"], grades["grade"], strict=True)
        if lamp_of(grade) is lamp_of("不足")
    ]
    return sentence + (f"不足的指标为{chinese_list(bad)}。" if bad else "")


def _chosen_maps(material: Material, item: SystemResults, group: str) -> list[DrawnMap]:
    """Pick the maps of the indicators with most features; every map lies in the folder of maps."""
    counts = item.features["indicator"].value_counts()
    ranked = sorted(
        dict.fromkeys(item.city(group)["indicator"]), key=lambda name: (-int(counts.get(name, 0)), str(name))
    )
    drawn = [maps[0] for name in ranked if (maps := material.maps.get((item.system, str(name))))]
    return drawn[:_MAPS_PER_GROUP]
