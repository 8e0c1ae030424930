"""The route a case would take, before it is opened."""

from __future__ import annotations

from django.utils.translation import gettext

from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.queries.route_line import clauses, why
from huancheng.platform.common.look.records import Station


def route_preview(standing: CaseStanding) -> list[Station]:
    """Return the stations of a case that is not open yet: who acts, in which time, and why."""
    found = []
    for number, planned in enumerate(standing.plan.steps):
        body, through = standing.body_of(planned), standing.through_of(planned)
        group = planned.step.group
        found.append(
            Station(
                kind=gettext(planned.step.kind.official),
                state="waiting",
                body=body.name if body else planned.body.name,
                who=gettext("由%s登记") % through.name if through else "",
                why=why(standing.book, standing.plan, planned),
                clauses=clauses(standing.book, planned),
                beside=bool(group) and number > 0 and standing.plan.steps[number - 1].step.group == group,
            )
        )
    return found
