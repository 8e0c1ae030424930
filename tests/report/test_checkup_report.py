"""The check-up report: every figure is the stored one, every doubt is marked, nothing is left out unsaid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.report.checkup import evaluation
from huancheng.report.checkup.atlas import indicator_maps, overview_map, street_counts
from huancheng.report.checkup.cells import note_text, reason_text
from huancheng.report.checkup.compose import compose
from huancheng.report.checkup.material import DrawnMap, Material
from huancheng.report.document import Document, Figure, Heading, Items, Lamp, Note, Paragraph, Table, plain
from huancheng.report.drawing.ground import Ground
from huancheng.report.numerals import BADGE, format_number
from huancheng.report.options import ReportOptions
from huancheng.report.results import SystemResults, number, shares_of, words

NOT_DRAWN = DrawnMap("maps/00-overview.png", b"", "现状总图", "未绘")


def material(snapshot: Snapshot, *systems: SystemResults, options: ReportOptions | None = None) -> Material:
    """What the chapters need, without maps: most of what they say does not hang on them."""
    return Material(snapshot, systems, options or ReportOptions(), NOT_DRAWN)


@pytest.fixture(scope="module")
def mapped(toy_snapshot: Snapshot, toy_results: SystemResults) -> Material:
    ground = Ground(toy_snapshot)
    maps = indicator_maps(ground, toy_results, "")
    return Material(toy_snapshot, (toy_results,), ReportOptions(), overview_map(ground, ""), maps)


@pytest.fixture(scope="module")
def report(mapped: Material) -> Document:
    return compose(mapped)


def table(document: Document, caption: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and caption in block.caption)


def rows(found: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in found.rows]


def said(document: Document) -> str:
    parts: list[str] = []
    for block in document.blocks:
        match block:
            case Paragraph() | Note():
                parts.append(plain(block.content))
            case Items():
                parts += [plain(item) for item in block.items]
            case Heading():
                parts.append(block.title)
            case _:
                pass
    return "\n".join(parts)


def test_chapters_come_in_the_order_of_an_official_report(report: Document) -> None:
    chapters = [block.title for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    assert chapters[:6] == [
        "概况",
        "方法与口径",
        "按层级评价（2023 年指标体系）",
        "主要成效与短板",
        "问题清单",
        "整治建议清单",
    ]
    assert [title[:3] for title in chapters[6:]] == ["附件1", "附件2", "附件3", "附件4"]
    assert (report.title, report.dated) == ("小城城市体检报告", "2025-12-31")


def test_every_known_figure_is_printed_as_stored_wherever_it_appears(
    report: Document, toy_results: SystemResults
) -> None:
    for row in toy_results.known().itertuples():
        printed = format_number(row.amount, row.unit)
        tables = [block for block in report.blocks if isinstance(block, Table) and block.caption != "地图目录"]
        places = [line for found in tables for line in rows(found) if any(cell.startswith(row.name) for cell in line)]
        assert len(places) >= 3
        for line in places:
            assert any(printed in cell or f"{row.amount:g}{row.unit}" in cell for cell in line), line


def test_every_known_figure_stands_with_its_denominator_and_provenance(
    report: Document, toy_results: SystemResults
) -> None:
    found = rows(table(report, "分子、分母与来源构成"))
    assert len(found) == len(toy_results.known())
    coverage = next(line for line in found if line[0] == "绿道覆盖率")
    assert coverage == ["绿道覆盖率", "41.50%i", "83", "居住用地面积 200", "插补（建筑：地上层数 90%）"]


def test_missing_and_not_applicable_are_words_and_zero_is_a_number(report: Document) -> None:
    printed = {line[2]: line[3] for line in rows(table(report, "指标表（全市）"))}
    assert printed["缺幼儿园的小区数量"] == "0 个i"
    assert printed["污水集中收集率"] == "缺数据"
    assert printed["轨道站点覆盖率"] == "不适用"


def test_unverified_targets_grades_and_names_bear_the_badge_and_read_ones_do_not(report: Document) -> None:
    printed = {line[2].removesuffix(BADGE): line for line in rows(table(report, "指标表（全市）"))}
    assert printed["绿道覆盖率"][4:6] == [f"≥70{BADGE}", f"不足{BADGE}"]
    assert printed["道路网密度"][4:6] == ["≥8", "优良"]
    assert printed["道路网密度"][2].endswith(BADGE)
    assert "依据：某文件（待核）" in said(report)


def test_rules_and_parameters_that_are_not_verified_bear_it_too(report: Document) -> None:
    assert rows(table(report, "问题清单"))[0][-1] == f"7栋，大于0{BADGE}"
    assert rows(table(report, "整治建议清单"))[0][3] == f"逐栋鉴定{BADGE}"
    assert reason_text("7栋，大于0（规则 r-1）") == "7栋，大于0"
    assert note_text("计算参数：recalled；指标：read；某事") == f"计算参数{BADGE}；指标；某事"


def test_a_grade_is_a_word_in_its_light(report: Document) -> None:
    lights = {plain((span,)): span.lamp for row in table(report, "城区：指标结果").rows for span in row[3]}
    assert lights["不足"] is Lamp.BAD
    assert lights["优良"] is Lamp.GOOD


def test_findings_name_the_good_the_weak_and_what_cannot_be_said(report: Document) -> None:
    words_said = said(report)
    assert "道路网密度（待核）：8.40 公里/平方公里m，优良。" in words_said
    assert "绿道覆盖率：41.50%i，不足（待核）。" in words_said
    assert "未发现问题的指标：缺幼儿园的小区数量。" in words_said
    assert "存在隐患的住宅数量：7 栋i。" in words_said
    assert "暂不能下结论的指标：污水集中收集率 1 项缺数据" in words_said


def test_nothing_graded_is_said_and_not_passed_over(toy_snapshot: Snapshot, toy_results: SystemResults) -> None:
    store = toy_results.store.assign(
        grade="", state=lambda frame: frame["state"].where(frame["state"] != "missing", "not_applicable")
    )
    ungraded = replace(
        toy_results, store=store, problems=toy_results.problems.iloc[:0], actions=toy_results.actions.iloc[:0]
    )
    words_said = said(compose(material(toy_snapshot, ungraded)))
    assert "没有评为较好的指标" in words_said
    assert "没有评为不足的指标" in words_said
    assert "没有列入问题清单的指标" in words_said
    assert "暂不能下结论" not in words_said


def test_problems_of_the_whole_city_are_listed_and_the_rest_is_pointed_at(report: Document) -> None:
    found = table(report, "问题清单")
    assert rows(found)[0][:5] == ["1", "存在隐患的住宅数量", "住宅存在隐患", "7 栋", "建成区"]
    assert plain(found.note) == "共 2 条，本表列全市层面 1 条，其余 1 条见附件表格文件。"
    assert "全市层面共列入问题 1 条，其中住房 1 条。" in said(report)


def test_a_long_list_of_places_is_cut_with_its_number(report: Document) -> None:
    assert rows(table(report, "整治建议清单"))[0][-1] == "望岳街道4栋；堂邑街道3栋；柳园街道2栋等 4 处"


def test_a_list_longer_than_a_report_bears_says_how_much_is_elsewhere(
    toy_snapshot: Snapshot, toy_results: SystemResults
) -> None:
    many = pd.concat([toy_results.actions] * 200, ignore_index=True)
    found = table(compose(material(toy_snapshot, replace(toy_results, actions=many))), "整治建议清单")
    assert len(found.rows) == 120
    assert plain(found.note) == "共 200 条，其余 80 条见附件表格文件。"


def test_the_overview_says_what_was_read_repaired_and_what_is_not_there(report: Document) -> None:
    found = {line[0]: line[1:5] for line in rows(table(report, "空间数据读入情况"))}
    assert found["建筑"] == ["100", "1", "0", "0"]
    words_said = said(report)
    assert "尚缺的数据" in words_said
    assert "人口" in words_said.split("尚缺的数据：")[1]
    assert "市域常住人口（人）：12,345；城市规模等级：Ⅱ型小城市" in words_said
    assert "统计范围“建成区”面积 0.60 平方公里" in words_said


def test_the_report_says_how_much_of_each_column_is_known(report: Document) -> None:
    found = {(line[0], line[1]): line[2:] for line in rows(table(report, "主要字段的已知程度"))}
    assert found["建筑", "地上层数"] == ["100%", "插补 100%"]
    assert "建筑的名称" in said(report)


def test_channels_without_a_result_are_named(report: Document) -> None:
    assert "城市自体检；第三方体检、社会满意度调查的结果尚未录入" in said(report)


def test_a_made_up_city_says_so_and_a_real_one_does_not(toy_snapshot: Snapshot, toy_results: SystemResults) -> None:
    assert "虚构" not in said(compose(material(toy_snapshot, toy_results)))
    pretended = Snapshot(toy_snapshot.location)
    pretended.manifest = pretended.manifest.model_copy(update={"city": {"fictional": "yes"}})
    assert "虚构城市" in said(compose(material(pretended, toy_results)))


def test_a_pack_that_has_changed_since_leaves_every_name_marked(
    toy_snapshot: Snapshot, toy_results: SystemResults
) -> None:
    stale = compose(material(toy_snapshot, replace(toy_results, definitions={}, basis="", meta={})))
    assert all(line[2].endswith(BADGE) for line in rows(table(stale, "指标表（全市）")))
    assert "数据包在体检之后有更新" in said(stale)


def test_two_systems_stand_in_one_report_each_with_its_chapter(
    toy_snapshot: Snapshot, toy_results: SystemResults
) -> None:
    older = replace(toy_results, system="toy-2022", grouping="维度")
    document = compose(material(toy_snapshot, older, toy_results))
    chapters = [block.title for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert chapters[2:4] == ["按维度评价（2022 年指标体系）", "按层级评价（2023 年指标体系）"]
    assert document.subtitle == "（2022、2023 年指标体系）"


def test_the_office_signs_the_report(toy_snapshot: Snapshot, toy_results: SystemResults) -> None:
    named = material(toy_snapshot, toy_results, options=ReportOptions(organisation="某市专班"))
    assert compose(named).organisation == "某市专班"
    assert compose(material(toy_snapshot, toy_results)).organisation == "小城城市更新工作专班办公室"


def test_flagged_features_and_street_counts_get_maps_but_internal_places_never(mapped: Material) -> None:
    assert [one.file for several in mapped.maps.values() for one in several] == [
        "maps/toy-2023-T-01-buildings.png",
        "maps/toy-2023-T-01-by-street.png",
        "maps/toy-2023-T-03-streets.png",
        "maps/toy-2023-T-04-land_use.png",
    ]


def test_street_counts_are_the_stored_values(toy_snapshot: Snapshot, toy_results: SystemResults) -> None:
    areas = street_counts(Ground(toy_snapshot), toy_results, "T-01")
    assert areas is not None
    assert dict(zip(areas.names, areas.amounts.tolist(), strict=True)) == {
        "望岳街道": 4.0,
        "堂邑街道": 3.0,
        "柳园街道": 0.0,
    }
    assert street_counts(Ground(toy_snapshot), toy_results, "T-02") is None


def test_every_group_shows_its_maps_and_the_list_names_every_file(
    mapped: Material, report: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    captions = [block.caption for block in report.blocks if isinstance(block, Figure)]
    assert "存在隐患的住宅数量：涉及建筑分布" in captions
    assert len(rows(table(report, "地图目录"))) == 5
    monkeypatch.setattr(evaluation, "_MAPS_PER_GROUP", 0)
    fewer = compose(mapped)
    assert sum(isinstance(block, Figure) for block in fewer.blocks) < len(captions)
    assert len(rows(table(fewer, "地图目录"))) == 5


def test_a_value_store_without_a_column_is_refused_with_its_name(toy_results: SystemResults) -> None:
    with pytest.raises(InputFault, match="lacks denominator"):
        replace(toy_results, store=toy_results.store.drop(columns="denominator"))


def test_cells_of_the_store_read_as_words_numbers_or_nothing() -> None:
    assert (words(None), words(pd.NA), words(np.nan), words("甲")) == ("", "", "", "甲")
    assert (number(None), number(np.nan), number(2)) == (None, None, 2.0)
    assert (shares_of(None), shares_of("")) == ({}, {})
