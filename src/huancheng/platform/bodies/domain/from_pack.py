"""Making the tree of bodies from a pack."""

from __future__ import annotations

from django.db import transaction

from huancheng.platform.bodies.models import Body
from huancheng.policy.bodies import Body as PackBody
from huancheng.policy.bodies import Jurisdiction, Level
from huancheng.policy.bodies import Role as PackRole
from huancheng.policy.book import PolicyBook


def bodies_from_pack(book: PolicyBook) -> int:
    """Make or renew every body a pack names, for the city and for each jurisdiction; returns how many are new.

    Bodies that the pack no longer names are left as they are: cases may hang on them.
    """
    before = Body.objects.count()
    with transaction.atomic():
        for entry in book.bodies:
            _keep(entry.title, entry, jurisdiction="")
        for jurisdiction in book.jurisdictions:
            for role in book.roles:
                resolved = book.body(role.id, jurisdiction)
                if resolved is not None and not _is_city_body(book, resolved.name):
                    _keep(resolved.name, role, jurisdiction=jurisdiction.id)
        _link(book)
    return Body.objects.count() - before


def _is_city_body(book: PolicyBook, name: str) -> bool:
    return any(entry.title == name for entry in book.bodies)


def _keep(name: str, entry: PackBody | PackRole, *, jurisdiction: str) -> None:
    kind = "outside" if entry.level is Level.OUTSIDE else entry.seat.value
    level = entry.level.value if entry.level else ""
    fresh = {"level": level, "kind": kind, "jurisdiction": jurisdiction}
    Body.objects.update_or_create(name=name, defaults=fresh, create_defaults={**fresh, "reference": entry.id})


def _link(book: PolicyBook) -> None:
    """Say through whom a body acts, and where it hangs in the tree."""
    by_name = {body.name: body for body in Body.objects.all()}
    for entry in book.bodies:
        if entry.acts_through:
            target = book.bodies[entry.acts_through].title if entry.acts_through in book.bodies else ""
            _through(by_name, entry.title, target)
    for jurisdiction in book.jurisdictions:
        for role in book.roles:
            resolved = book.body(role.id, jurisdiction)
            if resolved is not None and role.acts_through and not _is_city_body(book, resolved.name):
                target = book.body(role.acts_through, jurisdiction)
                _through(by_name, resolved.name, target.name if target else "")
        _hang(book, by_name, jurisdiction)


def _through(by_name: dict[str, Body], name: str, target: str) -> None:
    body, through = by_name[name], by_name.get(target)
    if through is not None and through.pk not in {body.pk, body.acts_through_id}:
        body.acts_through = through
        body.save(update_fields=["acts_through"])


def _hang(book: PolicyBook, by_name: dict[str, Body], jurisdiction: Jurisdiction) -> None:
    """Hang every body of a jurisdiction under its government or committee."""
    top = book.body("local_government", jurisdiction) if "local_government" in book.roles else None
    if top is None:
        return
    Body.objects.filter(jurisdiction=jurisdiction.id).exclude(pk=by_name[top.name].pk).update(parent=by_name[top.name])
