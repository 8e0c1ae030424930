"""Chapter of findings: what is good, what is weak, and what can't be said yet."""

from __future__ import annotations

import pandas as pd

from huancheng.evidence import State
from huancheng.report.checkup.cells import lamp_of, named, result_text
from huancheng.report.checkup.material import Material
from huancheng.report.document import Block, Heading, Items, Lamp, Paragraph, Text, text
from huancheng.report.numerals import MISSING, badge, chinese_list
from huancheng.report.results import SystemResults, number, words

_LISTED = 12
_COUNT_DIRECTION = "lower"


def findings(material: Material) -> list[Block]:
    """Return the chapter."""
    blocks: list[Block] = [Heading(1, "主要成效与短板")]
    for item in material.systems:
        good, weak = _by_lamp(item, Lamp.GOOD), _by_lamp(item, Lamp.BAD)
        blocks.append(Heading(2, f"{item.year} 年指标体系"))
        blocks += _listed("较好的方面", good, "没有评为较好的指标。", item)
        blocks += _listed("不足的方面", weak, "没有评为不足的指标。", item)
        blocks += _counted(item)
        blocks += _unsaid(item)
    return blocks


def _by_lamp(item: SystemResults, lamp: Lamp) -> pd.DataFrame:
    city = item.known()
    return city[[lamp_of(words(grade)) is lamp for grade in city["grade"]]]


def _listed(title: str, rows: pd.DataFrame, nothing: str, item: SystemResults) -> list[Block]:
    if rows.empty:
        return [Paragraph(text(f"{title}：{nothing}"))]
    listed = tuple(_line(row, item) for row in rows.head(_LISTED).itertuples())
    rest = len(rows) - len(listed)
    more = f"（共 {len(rows)} 项，下列 {len(listed)} 项，其余见附件指标表）" if rest else f"（{len(rows)} 项）"
    return [Heading(3, f"{title}{more}"), Items(listed)]


def _line(row: object, item: SystemResults) -> Text:
    grade = words(getattr(row, "grade", ""))
    verdict = f"，{grade}{badge(words(getattr(row, 'grade_certainty', '')))}" if grade else ""
    return text(named(row, item), "：", result_text(row), verdict, "。")


def _counted(item: SystemResults) -> list[Block]:
    """List the counts above zero of the ungraded levels, the greatest first within each unit as stored."""
    city = item.known()
    below = city[(city["grade"].fillna("") == "") & (city["direction"] == _COUNT_DIRECTION)]
    above = below[[(number(amount) or 0) > 0 for amount in below["amount"]]]
    nothing = below[[(number(amount) or 0) == 0 for amount in below["amount"]]]
    blocks: list[Block] = []
    if not above.empty:
        blocks += _listed("仍有问题存量的指标", above, "", item)
    if not nothing.empty:
        blocks.append(
            Paragraph(text("未发现问题的指标：", chinese_list([words(name) for name in nothing["name"]]), "。"))
        )
    return blocks


def _unsaid(item: SystemResults) -> list[Block]:
    missing = item.city()
    missing = missing[missing["state"] == State.MISSING.value]
    if missing.empty:
        return []
    shown = [words(name) for name in missing["name"].head(_LISTED)]
    rest = f"等 {len(missing)} 项" if len(missing) > len(shown) else f" {len(missing)} 项"
    return [
        Paragraph(
            text(f"暂不能下结论的指标：{'、'.join(shown)}{rest}{MISSING}，需由责任单位填报，填报模板由系统生成。")
        )
    ]
