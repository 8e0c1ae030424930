"""Chapter one: background, scope, organisation and data."""

from __future__ import annotations

from huancheng.city.schema import layer_schemas
from huancheng.evidence import Channel
from huancheng.report.checkup.material import Material
from huancheng.report.document import Align, Block, Column, Figure, Heading, Items, Note, Paragraph, Table, text
from huancheng.report.numerals import format_date, format_number, with_unit

CHANNEL_LABELS = {
    Channel.SELF.value: "城市自体检",
    Channel.THIRD_PARTY.value: "第三方体检",
    Channel.SURVEY.value: "社会满意度调查",
}
"""The three channels as an officer reads them."""

_FACTS = {
    "official_population": "市域常住人口（人）",
    "urban_population": "建成区常住人口（人）",
    "size_class": "城市规模等级",
    "rank": "行政级别",
}
_FICTION = "本报告的城市是为演示而生成的虚构城市，所有数据均为合成数据，不反映任何真实地区的情况，不得作为决策依据。"
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
        text(
            f"{item.title}，共 {item.city()['indicator'].nunique()} 项指标",
            f"；依据：{item.basis}" if item.basis else "",
            "。",
        )
        for item in material.systems
    )
    fiction: list[Block] = [Note(text(_FICTION))] if material.snapshot.manifest.city.get("fictional") else []
    return [
        Heading(2, "背景与依据"),
        *fiction,
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
    sizes = {name: word for item in material.systems for name, word in item.sizes.items()}
    facts = [
        f"{title}：{format_number(value, '人') if isinstance(value, int | float) else sizes.get(value, value)}"
        for name, title in _FACTS.items()
        if (value := manifest.city.get(name))
    ]
    blocks: list[Block] = [
        Heading(2, "体检范围与时点"),
        Paragraph(
            text(
                f"体检范围为{material.city}，多数指标以建成区为统计范围，各指标的范围与分母见第二章。",
                f"数据时点为{format_date(manifest.as_of)}。",
                _extent(material),
            ),
        ),
    ]
    if facts:
        blocks.append(Paragraph(text("城市基本情况：", "；".join(facts), "。")))
    blocks.append(Figure(material.overview.image, material.overview.caption, material.overview.description))
    return blocks


def _extent(material: Material) -> str:
    """Say which ground the check-up took for the built-up area, as the run recorded it."""
    scope = material.systems[0].meta.get("scope") if material.systems else None
    if not scope:
        return ""
    area = with_unit(format_number(float(scope["area_km2"])), "平方公里")
    note = f"（{scope['note']}）" if scope.get("note") else ""
    return f"统计范围“{scope['name']}”{note}面积 {area}。"


def _organisation(material: Material) -> list[Block]:
    used = {str(channel) for item in material.systems for channel in item.store["channel"].dropna().unique()}
    present = [label for channel, label in CHANNEL_LABELS.items() if channel in used]
    absent = [label for channel, label in CHANNEL_LABELS.items() if channel not in used]
    sentence = (
        f"城市体检分城市自体检、第三方体检、社会满意度调查三个渠道。本报告收录的数值来自{'、'.join(present) or '无'}"
    )
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
        Column("图层", 2.2), Column("要素数", 1.3, Align.RIGHT), Column("修补", 1, Align.RIGHT),
        Column("拒收", 1, Align.RIGHT),
        Column("界外", 1.1, Align.RIGHT), Column("来源", 4),
    )  # fmt: skip
    absent = [
        schema.title
        for name, schema in schemas.items()
        if name not in records and name not in material.snapshot.manifest.rasters
    ]
    blocks: list[Block] = [
        Heading(2, "数据基础"),
        Paragraph(
            text(
                f"本次体检使用 {len(rows)} 类空间数据，读入结果如下表。",
                "凡修补、拒收的记录均逐条列出原因，没有任何一行被略去。",
            )
        ),
        Table("空间数据读入情况", columns, rows, text(_OUTCOME_NOTE)),
    ]
    if absent:
        blocks.append(
            Paragraph(text("尚缺的数据：", "、".join(absent), "。依赖这些数据的指标标为“缺数据”，不作达标处理。"))
        )
    return blocks
