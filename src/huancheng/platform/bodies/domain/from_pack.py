"""Making the tree of bodies from a pack: again and again, with the same result."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from huancheng.platform.bodies.domain.territory import territory_from_pack
from huancheng.platform.bodies.models import Body, FormerName, Membership
from huancheng.platform.common import clock
from huancheng.policy.bodies import Body as PackBody
from huancheng.policy.bodies import Jurisdiction, Level
from huancheng.policy.bodies import Role as PackRole
from huancheng.policy.book import PolicyBook


def bodies_from_pack(book: PolicyBook) -> int:
    """Make or renew every body a pack names, for the city and for each jurisdiction; returns how many are new.

    Names given on pages stay: a body renamed here is found by its former name. A body the pack itself calls
    otherwise than before is renamed, and keeps its former name. Bodies that the pack no longer names are left as
    they are: cases may hang on them.
    """
    before = Body.objects.count()
    with transaction.atomic():
        tree = _Tree(book)
        tree.keep_all()
        tree.link_all()
        territory_from_pack(book, {name: body.pk for name, body in tree.bodies.items()})
    return Body.objects.count() - before


@dataclass
class _Tree:
    """The bodies being made, by the pack's names."""

    book: PolicyBook
    bodies: dict[str, Body] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bodies = {body.name: body for body in Body.objects.all()}
        for former in FormerName.objects.select_related("body"):
            self.bodies.setdefault(former.name, self.bodies[former.body.name])
        self.own = {entry.title for entry in self.book.bodies}
        self.told: dict[str, tuple[PackBody | PackRole, Jurisdiction | None]] = {}
        for entry in self.book.bodies:
            self.told.setdefault(entry.title, (entry, None))
        for jurisdiction in self.book.jurisdictions:
            for role in self.book.roles:
                name = self.name_of(role.id, jurisdiction)
                if name and name not in self.own:
                    self.told.setdefault(name, (role, jurisdiction))

    def name_of(self, reference: str, jurisdiction: Jurisdiction | None) -> str:
        """Return the pack's name of a body or role; empty where it doesn't tell."""
        if reference in self.book.bodies:
            return self.book.bodies[reference].title
        found = self.book.body(reference, jurisdiction) if jurisdiction else None
        return found.name if found else ""

    def keep_all(self) -> None:
        """Make what is new, renew what is known."""
        for name, (entry, jurisdiction) in self.told.items():
            kind = "outside" if entry.level is Level.OUTSIDE else entry.seat.value
            fresh = {
                "level": entry.level.value if entry.level else "", "kind": kind,
                "jurisdiction": jurisdiction.id if jurisdiction else "", "reference": entry.id,
                "positions": list(entry.members) if isinstance(entry, PackBody) else [],
            }  # fmt: skip
            body = self.bodies.get(name) or self._renamed(name, entry.id, str(fresh["jurisdiction"]))
            if body is None:
                body = Body.objects.create(name=name, **fresh)
            elif any(getattr(body, key) != value for key, value in fresh.items()):
                for key, value in fresh.items():
                    setattr(body, key, value)
                body.save()
            self.bodies[name] = body

    def _renamed(self, name: str, reference: str, jurisdiction: str) -> Body | None:
        """Return the body the pack called otherwise before, with its new name; None where there was none."""
        known = [
            body for body in self.bodies.values()
            if body.reference == reference and body.jurisdiction == jurisdiction
            and body.active and body.name not in self.told
        ]  # fmt: skip
        if len({body.pk for body in known}) != 1:
            return None
        body = known[0]
        FormerName.objects.create(body=body, name=body.name, until=clock.today())
        body.name = name
        body.save(update_fields=["name"])
        return body

    def link_all(self) -> None:
        """Say through whom each body acts, what it hangs below, and who sits in each group."""
        for name, (entry, jurisdiction) in self.told.items():
            body = self.bodies[name]
            self._link(body, "acts_through", self.name_of(entry.acts_through, jurisdiction))
            above = entry.housed_in if isinstance(entry, PackBody) and entry.housed_in else entry.under
            if body.parent_id is None:
                self._link(body, "parent", self.name_of(above, jurisdiction))
        for entry in self.book.bodies:
            for reference in entry.group_of:
                self._seat(self.bodies[entry.title], reference)

    def _link(self, body: Body, to: str, name: str) -> None:
        target = self.bodies.get(name)
        if target is not None and target.pk != body.pk and getattr(body, f"{to}_id") != target.pk:
            setattr(body, to, target)
            body.save(update_fields=[to])

    def _seat(self, group: Body, reference: str) -> None:
        """Seat a body, or the body a role stands for in every jurisdiction; a seat that ended is not given again."""
        names = (
            [self.name_of(reference, None)]
            if reference in self.book.bodies
            else [self.name_of(reference, item) for item in self.book.jurisdictions]
        )
        for member in (self.bodies[name] for name in names if name):
            if not Membership.objects.filter(group=group, member=member).exists():
                Membership.objects.create(group=group, member=member)
