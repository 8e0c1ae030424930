"""Which cases a person may see: decided in the query, so that what lies outside is not there."""

from __future__ import annotations

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Case, PersonSight, Sight


def visible_cases(acting: Acting | None) -> QuerySet[Case]:
    """Return the cases a person may see from the post they act from.

    A role of the pack sees every case (`all`), the cases its body takes part in (`body`), or only those assigned to
    the person (`assigned`). A visitor, and a person without a post or with one the pack does not know, sees none.

    Parameters
    ----------
    acting
        Who asks; None for a visitor.
    """
    role = current_book().posts.role(acting.role) if acting is not None else None
    if acting is None or role is None or acting.body is None:
        return Case.objects.none()
    match role.sees:
        case "all":
            return Case.objects.all()
        case "assigned":
            return Case.objects.filter(pk__in=PersonSight.objects.filter(person=acting.person).values("case"))
        case _:
            return Case.objects.filter(pk__in=Sight.objects.filter(body=acting.body).values("case"))
