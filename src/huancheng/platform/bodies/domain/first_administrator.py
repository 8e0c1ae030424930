"""The first administrator: entered on the server, since nobody can enter them on a page."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import Refused
from huancheng.platform.bodies.domain.people import PersonData, enter_person
from huancheng.platform.bodies.models import Body, Post
from huancheng.platform.bodies.queries.roles import post_rules
from huancheng.platform.bodies.rules import MANAGE


def enter_first_administrator(username: str, name: str) -> str:
    """Enter a person with the role that manages people, in the office; returns the password to be told once.

    Raises
    ------
    Refused
        If the bodies were not loaded, or the office has an administrator who can sign in.
    """
    rules = post_rules()
    role = next(role.id for role in rules.roles if rules.carries(MANAGE, role.id, elevated=True))
    with transaction.atomic():
        office = Body.objects.select_for_update().filter(reference=rules.office).first()
        if office is None:
            raise Refused(_("还没有载入机构"), cure="huancheng manage load_pack")
        if Post.objects.filter(body=office, role=role, person__is_active=True).exists():
            raise Refused(_("已有可登录的管理员"), cure=_("由其在页面上录入"))
        person, password = enter_person(PersonData(username, name), PROGRAM)
        post = Post.objects.create(person=person, body=office, role=role)
        append(f"person:{person.pk}", "person.post_given", PROGRAM, {"post": post.pk, "body": office.pk, "role": role})
    return password
