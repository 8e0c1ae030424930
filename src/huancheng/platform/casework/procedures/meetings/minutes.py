"""A draft of a meeting's minutes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting, Seat
from huancheng.report.document import Block, Document, Heading, Items, Paragraph, text


def draft_minutes(meeting: Meeting, seats: Sequence[Seat], items: Sequence[AgendaItem]) -> Document:
    """Return the minutes as far as they are known: who came, what was voted on, what was decided.

    Parameters
    ----------
    meeting
        The meeting.
    seats
        Its seats.
    items
        The items to be told of, with their votes.
    """
    came = [_seat(seat) for seat in seats if seat.present]
    away = [seat.title for seat in seats if not seat.present]
    opening = _("%(day)s，%(committee)s召开会议，应到 %(seats)d，实到 %(came)d。") % {
        "day": meeting.held_on, "committee": meeting.committee, "seats": len(seats), "came": len(came),
    }  # fmt: skip
    blocks: list[Block] = [
        Heading(1, _("会议情况")),
        Paragraph(text(opening)),
        Paragraph(text(_("出席：%s。") % ("、".join(came) or _("未签到")))),
        Paragraph(text(_("缺席：%s。") % ("、".join(away) or _("无")))),
    ]
    if meeting.minutes:
        blocks += [Paragraph(text(part)) for part in meeting.minutes.splitlines() if part.strip()]
    blocks.append(Heading(1, _("审议事项")))
    for item in items:
        blocks += [Heading(2, f"{item.case.number} {item.case.title}"), *_item(item, secret=meeting.secret)]
    subtitle = meeting.paper or _("（草稿，文号待编）")
    return Document(meeting.title, subtitle, str(meeting.committee), meeting.held_on.isoformat(), tuple(blocks))


def _seat(seat: Seat) -> str:
    return (
        _("%(seat)s（%(name)s代）") % {"seat": seat.title, "name": seat.substitute} if seat.substitute else seat.title
    )


def _item(item: AgendaItem, *, secret: bool) -> list[Block]:
    if item.yes is None:
        return [Paragraph(text(str(item.get_status_display())))]
    words = _("同意 %(yes)d 票，不同意 %(no)d 票，弃权 %(abstained)d 票，回避 %(recused)d 席。")
    counts = {"yes": item.yes, "no": item.no, "abstained": item.abstained, "recused": item.recused}
    result = _("表决通过。") if item.passed else _("表决未通过。")
    blocks: list[Block] = [Paragraph(text(item.decision)), Paragraph(text(words % counts + result))]
    votes = [] if secret else [text(f"{vote.seat.title}：{vote.get_vote_display()}") for vote in item.votes.all()]
    return [*blocks, Items(tuple(votes))] if votes else blocks
