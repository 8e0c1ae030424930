"""补正通知书: what is to be supplied, and that the clock stands meanwhile."""

from __future__ import annotations

from huancheng.platform.casework.documents.dossier import Dossier
from huancheng.platform.casework.documents.form import Form, Line, printed
from huancheng.platform.casework.queries.history import words_of

CODE = "case.request_correction"


def correction_notice(dossier: Dossier) -> Form:
    """Return the notice of the newest request for correction.

    Raises
    ------
    ValueError
        If none was made.
    """
    entry = dossier.last(CODE)
    if entry is None:
        raise ValueError("no correction was asked for")
    planned = dossier.standing.plan.step(entry.data["event"]["step"])
    case, asker, sender = dossier.case, dossier.body_of(planned), dossier.sender_of(planned)
    wanted = [line.strip() for line in words_of(entry).splitlines() if line.strip()]
    received = f"你单位报送的《{case.title}》收悉。经{planned.step.kind.official}，材料需要补正，具体如下："
    pauses = f"自{printed(entry.day)}起停止计算办理时限；补正材料提交之日起恢复计算。请补正后通过原案卷提交。"
    listed = [
        Line(f"{number}. {line}" if len(wanted) > 1 else line, indent=True) for number, line in enumerate(wanted, 1)
    ]
    return Form(
        "补正通知书", asker, entry.day,
        (
            Line(f"案卷号：{case.number}", place="right", small=True),
            Line(f"{sender}："),
            Line(received, indent=True),
            *listed,
            Line(pauses, indent=True),
            Line(""),
            Line(f"{asker}（盖章）", place="right"),
            Line(printed(entry.day), place="right"),
        ),
    )  # fmt: skip
