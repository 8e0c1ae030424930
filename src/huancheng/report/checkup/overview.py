"""Chapter one: background, scope, organisation and data."""

from __future__ import annotations

from huancheng.city.schema import layer_schemas
from huancheng.evidence import Channel
from huancheng.report.checkup.material import Material
from huancheng.report.document import Align, Block, Column, Figure, Heading, Items, Paragraph, Table, text
from huancheng.report.numerals import format_date, format_number

CHANNEL_LABELS = {
    Channel.SELF.value: "城市自体检",
    Channel.THIRD_PARTY.value: "第三方体检",
    Channel.SURVEY.value: "社会满意度调查",
}
"""The three channels as an officer reads them."""

_FACTS = {
    "population": "常住人口（人）", "city_class": "城市规模等级", "rank": "行政级别", "population_source": "人口来源",
    "size_class": "城市规模等级", "administrative_rank": "行政级别",
}  # fmt: skip
_OUTCOME_NOTE = "“修补”为保留并已更正的行，“拒收”为未采用的行，“界外”为位于范围之外的行；逐行清单见附件。"


def overview(material: Material) -> list[Block]:
    """Return the first chapter."""
    return [
        Heading(1, "概况"),
        *_background(material),
        *_scope(material),
        *_organisation(material),
        *_data(material),
    ]


def _background(material: Material) -> list[Block]:
    systems = tuple(
        text(f"{item.title}，共 {item.city()['indicator'].nunique()} 项指标", f"；依据：{item.basis}" if item.basis else "", "。")
        for item in material.systems
    )
    return [
        Heading(2, "背景与依据"),
        Paragraph(
            text(
                f"按照“先体检、后更新，无体检不更新”的要求，对{material.city}开展城市体检，查找城市建设中的突出问题与短板，",
                "为划定更新单元、生成更新项目提供依据。本次体检采用以下指标体系：",
            ),
        ),
        Items(systems),
        Paragraph(text("报告正文、附件、地图与空间数据均取自同一数值库，同一指标在各处为同一数值。")),
    ]


def _scope(material: Material) -> list[Block]:
    manifest = material.snapshot.manifest
    facts = [
        f"{_FACTS[name]}：{format_number(value, '人') if isinstance(value, int | float) else value}"
        for name, value in manifest.city.items()
        if name in _FACTS
    ]
    blocks: list[Block] = [
        Heading(2, "体检范围与时点"),
        Paragraph(
            text(
                f"体检范围为{material.city}，多数指标以建成区为统计范围，各指标的范围与分母见第二章。",
                f"数据时点为{format_date(manifest.as_of)}。",
            ),
        ),
    ]
    if facts:
        blocks.append(Paragraph(text("城市基本情况：", "；".join(facts), "。")))
    blocks.append(Figure(material.overview.image, material.overview.caption, material.overview.description))
    return blocks


def _organisation(material: Material) -> list[Block]:
    used = {str(channel) for item in material.systems for channel in item.values["channel"].dropna().unique()}
    present = [label for channel, label in CHANNEL_LABELS.items() if channel in used]
    absent = [label for channel, label in CHANNEL_LABELS.items() if channel not in used]
    sentence = f"城市体检分城市自体检、第三方体检、社会满意度调查三个渠道。本报告收录的数值来自{'、'.join(present) or '无'}"
    if absent:
        sentence += f"；{'、'.join(absent)}的结果尚未录入，录入后与自体检数值并列，不作合并计分"
    return [
        Heading(2, "组织方式"),
        Paragraph(text(f"本次体检由{material.organisation}组织。", sentence, "。")),
    ]


def _data(material: Material) -> list[Block]:
    schemas = layer_schemas()
    records = material.snapshot.manifest.layers
    rows = tuple(
        (
            text(schemas[name].title),
            text(f"{record.count:,}"),
            text(f"{record.repaired:,}"),
            text(f"{record.refused:,}"),
            text(f"{record.outside:,}"),
            text(record.source or "—"),
        )
        for name, record in records.items()
    )
    columns = (
        Column("图层", 2.2), Column("要素数", 1.3, Align.RIGHT), Column("修补", 1, Align.RIGHT), Column("拒收", 1, Align.RIGHT),
        Column("界外", 1.1, Align.RIGHT), Column("来源", 4),
    )  # fmt: skip
    absent = [schema.title for name, schema in schemas.items() if name not in records and name not in material.snapshot.manifest.rasters]
    blocks: list[Block] = [
        Heading(2, "数据基础"),
        Paragraph(text(f"本次体检使用 {len(rows)} 类空间数据，读入结果如下表。凡修补、拒收的记录均逐条列出原因，没有任何一行被略去。")),
        Table("空间数据读入情况", columns, rows, text(_OUTCOME_NOTE)),
    ]
    if absent:
        blocks.append(Paragraph(text("尚缺的数据：", "、".join(absent), "。依赖这些数据的指标标为“缺数据”，不作达标处理。")))
    return blocks
