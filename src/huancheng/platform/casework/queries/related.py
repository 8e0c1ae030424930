"""Cases that rest on one another: preconditions and what shows them, and the cases that wait for this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.informing import reached, satisfies
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Case, CaseLink
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.policy.routes.model import Precondition


@dataclass(frozen=True, slots=True)
class Met:
    """A precondition, and what shows it.

    Parameters
    ----------
    precondition
        What must be so.
    paper
        Number of the paper or case that shows it; empty while it is not met.
    case
        The case that shows it, if the person may see it.
    fallen
        Whether that case no longer stands as it must: it was withdrawn, or its approval became void.
    candidates
        Cases the person may see that would show it.
    """

    precondition: Precondition
    paper: str = ""
    case: Case | None = None
    fallen: bool = False
    candidates: Sequence[Case] = field(default=())


def preconditions_of(standing: CaseStanding, acting: Acting) -> list[Met]:
    """Return the preconditions of a case, each with what shows it or could show it; three queries at most."""
    wanted = standing.plan.preconditions
    if not wanted:
        return []
    links = {
        link.precondition: link.other for link in CaseLink.objects.filter(case=standing.case).select_related("other")
    }
    seen = visible_cases(acting)
    visible = set(seen.filter(pk__in=[other.pk for other in links.values()]).values_list("pk", flat=True))
    open_ones = [item for item in wanted if item.id not in standing.state.met]
    found = candidates(standing, open_ones, seen) if open_ones else {}
    return [_met(standing, item, links.get(item.id), visible, found.get(item.id, [])) for item in wanted]


def _met(
    standing: CaseStanding, item: Precondition, other: Case | None, visible: set[int], found: Sequence[Case]
) -> Met:
    return Met(
        item,
        standing.state.met.get(item.id, ""),
        other if other is not None and other.pk in visible else None,
        fallen=other is not None and not reached(other, item.state),
        candidates=found,
    )


def candidates(standing: CaseStanding, wanted: Sequence[Precondition], seen: QuerySet[Case]) -> dict[str, list[Case]]:
    """Return, by precondition, the cases within a person's sight that show it; one query for all."""
    instruments = {item.instrument for item in wanted if item.instrument}
    rows = (
        list(seen.filter(instrument__in=instruments, approved=True).exclude(pk=standing.case.pk)) if instruments else []
    )
    return {item.id: [row for row in rows if satisfies(row, item, standing)] for item in wanted}


def waiting_for(case: Case, acting: Acting) -> list[Case]:
    """Return the cases within a person's sight that rest on this one."""
    return list(visible_cases(acting).filter(needs__other=case).order_by("-id").distinct()[:50])
