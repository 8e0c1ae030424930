"""Chapter two: indicator systems, states and marks, and every figure's denominator and provenance."""

from __future__ import annotations

from huancheng.city.schema import column_title, layer_schema
from huancheng.evidence import State
from huancheng.report.checkup.cells import is_known, named, part_text, provenance_text, result_text
from huancheng.report.checkup.material import Material
from huancheng.report.document import Align, Block, Column, Heading, Items, Note, Paragraph, Table, text
from huancheng.report.numerals import BADGE, MISSING, NOT_APPLICABLE, format_share, format_shares, provenance_legend
from huancheng.report.results import SystemResults, words

_JUDGED_LAYERS = ("buildings", "estates", "streets", "facilities")


def method(material: Material) -> list[Block]:
    """Return the second chapter."""
    blocks: list[Block] = [Heading(1, "方法与口径"), Heading(2, "指标体系"), _systems_table(material)]
    blocks += [
        Heading(2, "数值状态与标记"),
        Items(
            (
                text(
                    f"已知：有数值，零也是数值；{MISSING}：应有而暂无数据，不作达标处理；{NOT_APPLICABLE}：本市没有该事项。三者互不混同。"
                ),
                text("分级只给城区级（或维度）指标；住房、小区、街区各级报告数量与位置。"),
                text("缺数据的指标不分级，也不计入“好”或“不足”。"),
            ),
        ),
        Note(text(provenance_legend())),
        Heading(2, "各指标的分母与数据来源构成"),
        Paragraph(
            text(
                "下列各表给出每一项已知指标的分子、分母及其来源构成。统计范围不同，结果会有很大差别，引用时应连同分母一并引用。"
            )
        ),
    ]
    blocks += [_denominators(item) for item in material.systems]
    stale = [item.year for item in material.systems if not item.definitions]
    if stale:
        blocks.append(
            Note(
                text(f"{'、'.join(stale)} 年指标体系的数据包在体检之后有更新，指标名称一律标注{BADGE}，含义不再附列。")
            )
        )
    return [*blocks, Heading(2, "主要数据字段的已知程度"), *_known_shares(material)]


def _systems_table(material: Material) -> Table:
    rows = []
    for item in material.systems:
        city = item.city()
        states = city["state"].value_counts()
        counts = [int(states.get(state.value, 0)) for state in (State.KNOWN, State.MISSING, State.NOT_APPLICABLE)]
        graded = int((city["grade"].fillna("") != "").sum())
        cells = [str(city["indicator"].nunique()), *map(str, counts), str(graded)]
        rows.append((text(item.title), *(text(cell) for cell in cells)))
    columns = (
        Column("指标体系", 5),
        *(Column(title, 1.1, Align.RIGHT) for title in ("指标", "已知", MISSING, NOT_APPLICABLE, "已分级")),
    )
    return Table("指标体系与数值情况（项）", columns, tuple(rows))


def _denominators(item: SystemResults) -> Table:
    rows = tuple(
        (
            named(row, item),
            result_text(row),
            part_text(row.numerator),
            part_text(row.denominator, words(row.denominator_name)),
            provenance_text(row),
        )
        for row in item.known().itertuples()
        if is_known(row)
    )
    columns = (
        Column("指标", 3.4), Column("结果", 1.9, Align.RIGHT), Column("分子", 1.5, Align.RIGHT),
        Column("分母", 2.6), Column("来源构成", 3),
    )  # fmt: skip
    note = text("分母为“—”的是计数或求和类指标。来源构成列出计算所用各字段的已知比例及其来源，余为未知。")
    return Table(f"{item.year} 年指标体系：分子、分母与来源构成", columns, rows, note, small=True)


def _known_shares(material: Material) -> list[Block]:
    rows = []
    unknown: list[str] = []
    for name in _JUDGED_LAYERS:
        record = material.snapshot.manifest.layers.get(name)
        if record is None:
            continue
        schema = layer_schema(name)
        for column, share in record.columns.items():
            rows.append(
                (
                    text(schema.title),
                    text(column_title(name, column)),
                    text(format_share(share.known_share)),
                    text(format_shares(share.provenance) or "—"),
                )
            )
        silent = [column_title(name, column) for column in schema.columns if column not in record.columns]
        unknown += [f"{schema.title}的{'、'.join(silent)}"] if silent else []
    columns = (Column("图层", 1.4), Column("字段", 4), Column("已知", 1, Align.RIGHT), Column("来源构成", 3))
    blocks: list[Block] = [Table("主要字段的已知程度与来源构成", columns, tuple(rows), small=True)]
    if unknown:
        blocks.append(Paragraph(text("完全没有数据的字段：", "；".join(unknown), "。")))
    blocks.append(
        Paragraph(
            text(f"目标值、分级标准、设施服务半径等参数均取自指标体系数据包；凡未与官方文本核对的，一律标注{BADGE}。")
        ),
    )
    return blocks
