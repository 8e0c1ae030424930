"""The annexes as xlsx: indicator tables, values by area, problems, actions, features, data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from huancheng.city.schema import column_title, layer_schemas
from huancheng.evidence import Provenance, State
from huancheng.report.checkup.cells import named, note_text
from huancheng.report.checkup.material import Material
from huancheng.report.checkup.overview import CHANNEL_LABELS
from huancheng.report.document import plain
from huancheng.report.field_titles import format_provenance
from huancheng.report.numerals import CERTAINTY_LABELS, MISSING, NOT_APPLICABLE, format_shares, provenance_legend
from huancheng.report.results import SCOPE_LABELS, SystemResults, number, shares_of, words
from huancheng.report.writers.sheets import Cell, Sheet, SheetColumn
from huancheng.report.writers.workbook import write_workbook

_STATES = {State.KNOWN.value: "已知", State.MISSING.value: MISSING, State.NOT_APPLICABLE.value: NOT_APPLICABLE}
_DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "range": "宜在区间内", "monitor": "监测"}
_OUTCOMES = {"repaired": "修补", "refused": "拒收", "outside": "界外"}
_KINDS = {"city": "城市级", "below": "城市级以下"}
_AREAS = ("county", "managed_area", "street", "community")


def write_workbooks(material: Material, folder: Path) -> list[Path]:
    """Write the annexes and return their paths.

    Parameters
    ----------
    material
        Snapshot and stored results.
    folder
        Folder to write into; made if absent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    systems = material.systems
    books = {
        "indicators.xlsx": ("指标表", [_reading(material), *(_indicators(item) for item in systems)]),
        "areas.xlsx": ("分区数值", [_areas(item) for item in systems]),
        "problems.xlsx": ("问题清单", [_problems(item) for item in systems]),
        "actions.xlsx": ("整治建议清单", [_actions(item) for item in systems]),
        "features.xlsx": ("要素清单", [_features(item) for item in systems]),
        "data.xlsx": (
            "数据来源与修补",
            [_layers(material), _columns(material), _sources(material), _repairs(material)],
        ),
    }
    for file, (title, sheets) in books.items():
        full = f"{material.city}城市体检报告附件：{title}"
        write_workbook(
            folder / file, sheets, title=full, author=material.organisation, dated=material.snapshot.manifest.as_of
        )
    return [folder / file for file in books]


def _reading(material: Material) -> Sheet:
    manifest = material.snapshot.manifest
    rows: list[tuple[Cell, ...]] = [
        ("城市", material.city),
        ("数据时点", manifest.as_of),
        ("城市快照编号", manifest.digest),
        ("标记", provenance_legend()),
        ("状态", f"{MISSING}：应有而暂无数据；{NOT_APPLICABLE}：本市没有该事项；零是已知数值。"),
        ("一致性", "各附件与报告正文取自同一数值库。小区层级数值与全部图形见 city.gpkg。"),
        *((item.title, item.basis) for item in material.systems),
    ]
    return Sheet("说明", (SheetColumn("项目", 40), SheetColumn("内容", 110)), rows)


def _indicators(item: SystemResults) -> Sheet:
    titles = (
        ("编号", 12), (item.grouping, 14), ("要素", 12), ("指标", 34), ("单位", 12), ("状态", 9), ("数值", 14),
        ("分子", 16),
        ("分母", 16), ("分母名称", 20), ("目标", 20), ("目标依据", 16), ("分级", 9), ("分级依据", 16), ("方向", 12),
        ("来源标记", 10),
        ("来源构成", 44), ("时点", 12), ("渠道", 12), ("来源", 30), ("责任单位", 20), ("含义", 60), ("说明", 50),
    )  # fmt: skip
    return Sheet(f"{item.year}指标表", _titled(titles), [_indicator_row(item, row) for row in item.city().itertuples()])


def _indicator_row(item: SystemResults, row: Any) -> tuple[Cell, ...]:
    definition = item.definitions.get(words(row.indicator))
    provenance = words(row.provenance)
    return (
        words(row.indicator), words(row.group), words(row.element), plain(named(row, item)), words(row.unit),
        _STATES[words(row.state)],
        number(row.amount), number(row.numerator), number(row.denominator), words(row.denominator_name),
        words(row.target),
        CERTAINTY_LABELS.get(words(row.target_certainty), ""), words(row.grade),
        CERTAINTY_LABELS.get(words(row.grade_certainty), ""),
        _DIRECTIONS.get(words(row.direction), ""), Provenance(provenance).label if provenance else "",
        format_provenance(shares_of(row.provenance_shares)), words(row.as_of),
        CHANNEL_LABELS.get(words(row.channel), ""),
        words(row.source), definition.owner if definition else "", definition.text if definition else "",
        note_text(words(row.note)),
    )  # fmt: skip


def _areas(item: SystemResults) -> Sheet:
    titles = (
        ("编号", 12), ("指标", 34), ("单位", 12), ("范围类别", 14), ("范围编号", 16), ("范围", 24), ("状态", 9),
        ("数值", 14),
        ("分子", 16), ("分母", 16), ("分母名称", 20), ("来源标记", 10),
    )  # fmt: skip
    chosen = item.store[item.store["scope_kind"].isin(_AREAS)]
    return Sheet(f"{item.year}分区数值", _titled(titles), _area_rows(chosen), styled=False)


def _area_rows(chosen: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    for row in chosen.itertuples():
        provenance = words(row.provenance)
        yield (
            words(row.indicator), words(row.name), words(row.unit), SCOPE_LABELS[words(row.scope_kind)],
            words(row.scope_id),
            words(row.scope_name), _STATES[words(row.state)], number(row.amount), number(row.numerator),
            number(row.denominator),
            words(row.denominator_name), Provenance(provenance).label if provenance else "",
        )  # fmt: skip


def _problems(item: SystemResults) -> Sheet:
    titles = (
        ("编号", 26), ("指标", 34), (item.grouping, 14), ("级别", 12), ("范围类别", 14), ("范围编号", 16),
        ("范围", 24), ("问题", 34),
        ("数量", 12), ("单位", 10), ("判定理由", 44), ("整治建议", 50), ("类型", 14), ("责任单位", 20),
    )  # fmt: skip
    rows = [
        (
            words(row.id), words(row.indicator_name), words(row.group),
            _KINDS.get(words(getattr(row, "level", "")), ""),
            SCOPE_LABELS.get(words(row.scope_kind), ""), words(row.scope_id), words(row.scope_name), words(row.problem),
            number(row.amount), words(row.unit), words(row.reason), words(row.action), words(row.action_type),
            words(row.responsible),
        )
        for row in item.problems.rename(columns={"count": "amount"}).itertuples(index=False)
    ]  # fmt: skip
    return Sheet(f"{item.year}问题清单", _titled(titles), rows, styled=len(rows) < 5000)  # noqa: PLR2004 - styling takes time


def _actions(item: SystemResults) -> Sheet:
    titles = (
        ("编号", 22), ("指标", 34), (item.grouping, 14), ("问题", 34), ("结果", 14), ("整治建议", 60),
        ("建议依据", 16), ("类型", 14),
        ("责任单位", 20), ("涉及范围", 60),
    )  # fmt: skip
    rows = [
        (
            words(row.id), words(row.indicator_name), words(row.group), words(row.problem), words(row.result),
            words(row.action),
            CERTAINTY_LABELS.get(words(row.certainty), ""), words(row.action_type), words(row.responsible),
            words(row.area),
        )
        for row in item.actions.itertuples(index=False)
    ]  # fmt: skip
    return Sheet(f"{item.year}整治建议清单", _titled(titles), rows)


def _features(item: SystemResults) -> Sheet:
    titles = (
        ("指标编号", 12), ("图层", 12), ("要素编号", 16), ("数量", 10), ("县（市、区）", 16), ("管辖区", 16),
        ("街道", 16), ("社区", 16),
        ("小区", 16), ("名称", 26), ("X（米）", 14), ("Y（米）", 14),
    )  # fmt: skip
    layers = {name: schema.title for name, schema in layer_schemas().items()}
    frame = item.features
    texts = [
        frame[name].fillna("").astype(str).to_list()
        for name in ("county", "managed_area", "street", "community", "estate", "name")
    ]
    rows = zip(
        frame["indicator"].astype(str).to_list(),
        [layers.get(name, name) for name in frame["layer"].astype(str)],
        frame["feature_id"].astype(str).to_list(),
        frame["amount"].to_list(),
        *texts,
        frame["x"].round(1).to_list(),
        frame["y"].round(1).to_list(),
        strict=True,
    )
    return Sheet(f"{item.year}要素清单", _titled(titles), rows, styled=False)


def _layers(material: Material) -> Sheet:
    schemas = layer_schemas()
    titles = (
        ("图层", 16),
        ("标识", 20),
        ("要素数", 12),
        ("修补", 10),
        ("拒收", 10),
        ("界外", 10),
        ("来源", 50),
        ("SHA-256", 68),
    )
    rows = [
        (
            schemas[name].title,
            name,
            record.count,
            record.repaired,
            record.refused,
            record.outside,
            record.source,
            record.sha256,
        )
        for name, record in material.snapshot.manifest.layers.items()
    ]
    return Sheet("图层", _titled(titles), rows)


def _columns(material: Material) -> Sheet:
    schemas = layer_schemas()
    titles = (("图层", 16), ("字段", 22), ("标识", 24), ("已知数", 12), ("已知比例（%）", 14), ("来源构成", 44))
    rows = [
        (
            schemas[name].title, column_title(name, column), f"{name}.{column}", share.known,
            round(share.known_share * 100, 4),
            format_shares(share.provenance),
        )
        for name, record in material.snapshot.manifest.layers.items()
        for column, share in record.columns.items()
    ]  # fmt: skip
    return Sheet("字段", _titled(titles), rows)


def _sources(material: Material) -> Sheet:
    titles = (("文件", 40), ("许可", 20), ("署名", 40), ("SHA-256", 68))
    rows = [
        (source.name, source.licence, source.attribution, source.sha256)
        for source in material.snapshot.manifest.sources
    ]
    return Sheet("来源", _titled(titles), rows)


def _repairs(material: Material) -> Sheet:
    titles = (("图层", 16), ("来源", 34), ("行", 16), ("字段", 16), ("处理", 10), ("原因", 80))
    rows = (
        (item.layer, item.source, item.row, item.field, _OUTCOMES[item.outcome.value], item.reason)
        for item in material.snapshot.repairs()
    )
    return Sheet("修补与拒收", _titled(titles), rows, styled=False)


def _titled(titles: tuple[tuple[str, float], ...]) -> tuple[SheetColumn, ...]:
    return tuple(SheetColumn(title, width) for title, width in titles)
