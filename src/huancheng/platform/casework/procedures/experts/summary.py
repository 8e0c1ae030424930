"""The opinions of a panel as a document for the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huancheng.platform.casework.procedures.experts.counting import count
from huancheng.platform.casework.procedures.experts.models import ExpertOpinion, Panel
from huancheng.platform.common import clock
from huancheng.report.document import Column, Document, Heading, Note, Paragraph, Table, text


def panel_summary(panel: Panel, opinions: Sequence[ExpertOpinion]) -> Document:
    """Return what a panel said, with how it was drawn and how many opinions are in."""
    counted = count(panel)
    state = _(
        "专家组 %(seats)d 人，已出具意见 %(given)d 份；赞成 %(for)d，修改后赞成 %(after_changes)d，反对 %(against)d。"
    )
    columns = (
        Column(_("专家"), 2), Column(_("工作单位"), 3), Column(_("结论"), 2), Column(_("意见"), 7),
        Column(_("日期"), 2),
    )  # fmt: skip
    rows = tuple(
        (
            text(str(item.place.expert)),
            text(str(item.place.expert.employer or "–")),
            text(str(item.get_verdict_display())),
            text(item.text),
            text(item.day.isoformat()),
        )
        for item in opinions
    )
    blocks = (
        Heading(1, _("论证情况")),
        Paragraph(text(state % {"seats": counted.seats, "given": counted.given, **counted.verdicts})),
        Heading(1, _("汇总意见")),
        Paragraph(text(panel.summary or _("尚未形成。"))),
        Heading(1, _("各专家意见")),
        Table(_("专家意见表"), columns, rows, small=True),
        Note(text(_("抽取日期 %(day)s，种子 %(seed)s。") % {"day": panel.drawn_on, "seed": panel.seed})),
    )
    title, case = _("专家论证意见汇总"), panel.case
    return Document(title, f"{case.number} {case.title}", str(case.opened_by), clock.today().isoformat(), blocks)
