"""Who may see a case: given here and nowhere else. What a body has seen once stays open to it."""

from __future__ import annotations

from collections.abc import Iterable

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models import Case, PersonSight, Sight


def show_to(case: Case, bodies: Iterable[Body | None]) -> None:
    """Let bodies, and those through which they act, see a case.

    Parameters
    ----------
    case
        The case.
    bodies
        The bodies; None, which stands for one the register does not know, is passed over.
    """
    wanted = numbers_of(bodies)
    known = set(case.sights.values_list("body_id", flat=True))
    Sight.objects.bulk_create([Sight(case=case, body_id=pk) for pk in sorted(wanted - known)])


def numbers_of(bodies: Iterable[Body | None]) -> set[int]:
    """Return the numbers of bodies and of those through which they act."""
    return {pk for body in bodies if body is not None for pk in (body.pk, body.acts_through_id) if pk}


def assign(case: Case, person: int) -> None:
    """Let a person see a case whose role sees only what was assigned to them."""
    PersonSight.objects.get_or_create(case=case, person_id=person)


def unassign(case: Case, person: int) -> None:
    """Close a case to a person to whom it was assigned."""
    PersonSight.objects.filter(case=case, person_id=person).delete()
