"""Annex tables of the document: indicator tables, sources, maps, repairs."""

from __future__ import annotations

from collections import Counter

from huancheng.report.checkup.cells import (
    grade_text,
    named,
    note_text,
    part_text,
    result_text,
    target_text,
)
from huancheng.report.checkup.material import Material
from huancheng.report.document import Align, Block, Column, Heading, PageBreak, Paragraph, Table, text
from huancheng.report.numerals import format_date
from huancheng.report.results import SystemResults, words

_MOST_REPAIRS = 60


def annexes(material: Material) -> list[Block]:
    """Return the annexes, on landscape pages where the tables are wide."""
    blocks: list[Block] = [PageBreak(landscape=True)]
    for position, item in enumerate(material.systems, start=1):
        blocks += [
            Heading(1, f"附件{position}　指标表（{item.year} 年指标体系）", numbered=False),
            _indicator_table(item),
        ]
    number = len(material.systems) + 1
    blocks += [PageBreak(), Heading(1, f"附件{number}　数据来源", numbered=False), *_sources(material)]
    blocks += [Heading(1, f"附件{number + 1}　数据修补与拒收", numbered=False), *_repairs(material)]
    return [*blocks, Heading(1, f"附件{number + 2}　地图目录", numbered=False), *_maps(material)]


def _indicator_table(item: SystemResults) -> Table:
    rows = tuple(
        (
            text(words(row.indicator)), text(words(row.group)), named(row, item), result_text(row), target_text(row),
            grade_text(row),
            part_text(row.numerator), part_text(row.denominator, words(row.denominator_name)),
            text(note_text(words(row.note)) or "—"),
        )
        for row in item.city().itertuples()
    )  # fmt: skip
    columns = (
        Column("编号", 1.3), Column(item.grouping, 1.2), Column("指标", 2.8), Column("结果", 1.6, Align.RIGHT),
        Column("目标", 1.3, Align.CENTRE), Column("分级", 1.1, Align.CENTRE), Column("分子", 1.3, Align.RIGHT),
        Column("分母", 2.4), Column("说明", 4),
    )  # fmt: skip
    note = text("来源构成见第二章，责任单位、含义与来源见附件表格文件。")
    return Table(f"{item.year} 年指标体系指标表（全市）", columns, rows, note, small=True)


def _sources(material: Material) -> list[Block]:
    manifest = material.snapshot.manifest
    rows = tuple(
        (
            text(source.name),
            text(source.licence or "—"),
            text(source.attribution or "—"),
            text(source.sha256[:16] or "—"),
        )
        for source in manifest.sources
    )
    columns = (Column("文件", 3), Column("许可", 2), Column("署名", 3), Column("SHA-256（前16位）", 2.2))
    facts = f"城市快照编号 {manifest.digest[:16]}，坐标系 {manifest.crs}，数据时点 {format_date(manifest.as_of)}。"
    if not rows:
        return [Paragraph(text(facts, "没有外部数据文件。"))]
    return [Paragraph(text(facts)), Table("数据来源", columns, rows, small=True)]


def _repairs(material: Material) -> list[Block]:
    repairs = material.snapshot.repairs()
    if not repairs:
        return [Paragraph(text("读入时没有需要修补、拒收的记录。"))]
    outcomes = {"repaired": "修补", "refused": "拒收", "outside": "界外"}
    counts = Counter((item.layer, item.outcome.value, item.reason) for item in repairs)
    rows = tuple(
        (text(layer), text(outcomes[outcome]), text(reason), text(f"{count:,}"))
        for (layer, outcome, reason), count in counts.most_common(_MOST_REPAIRS)
    )
    columns = (Column("图层", 1.4), Column("处理", 1, Align.CENTRE), Column("原因", 5), Column("条数", 1, Align.RIGHT))
    rest = len(counts) - len(rows)
    note = f"按原因归并；另有 {rest:,} 种原因未列，逐行见附件表格文件。" if rest else "按原因归并，逐行见附件表格文件。"
    return [Table("数据修补与拒收", columns, rows, text(note), small=True)]


def _maps(material: Material) -> list[Block]:
    drawn = [material.overview, *(item for maps in material.maps.values() for item in maps)]
    rows = tuple(
        (text(str(position)), text(item.caption), text(item.file)) for position, item in enumerate(drawn, start=1)
    )
    columns = (Column("序号", 0.9, Align.CENTRE), Column("图名", 5), Column("文件", 3))
    return [
        Table("地图目录", columns, rows, text("地图公开前须按规定送审，取得审图号后填入图上相应位置。"), small=True)
    ]
