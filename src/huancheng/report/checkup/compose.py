"""Puts the chapters together into one document."""

from __future__ import annotations

from huancheng.report.checkup.annexes import annexes
from huancheng.report.checkup.evaluation import evaluation
from huancheng.report.checkup.findings import findings
from huancheng.report.checkup.lists import action_chapter, problem_chapter
from huancheng.report.checkup.material import Material
from huancheng.report.checkup.method import method
from huancheng.report.checkup.overview import overview
from huancheng.report.document import Block, Document, PageBreak, TableOfContents


def compose(material: Material) -> Document:
    """Return the check-up report.

    Parameters
    ----------
    material
        Snapshot, stored results and drawn maps.
    """
    blocks: list[Block] = [TableOfContents(), PageBreak(), *overview(material), *method(material)]
    for item in material.systems:
        blocks += evaluation(material, item)
    blocks += [*findings(material), *problem_chapter(material), *action_chapter(material), *annexes(material)]
    years = "、".join(item.year for item in material.systems)
    return Document(
        title=f"{material.city}城市体检报告",
        subtitle=f"（{years} 年指标体系）",
        organisation=material.organisation,
        dated=material.snapshot.manifest.as_of,
        blocks=tuple(blocks),
    )
