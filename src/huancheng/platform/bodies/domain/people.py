"""People: entered, changed, deactivated, given a new password."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.presence import sign_out_everywhere
from huancheng.platform.bodies.models import Person
from huancheng.platform.bodies.rules import may_manage_account

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that can be taken for another."""
ERASED = "erased-"
"""Begins the user name of those whose data were erased; nobody else's."""


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is kept of a person.

    Parameters
    ----------
    username
        By which they sign in.
    name, email, phone
        As the office has them.
    """

    username: str
    name: str
    email: str = ""
    phone: str = ""


def one_time_password() -> str:
    """Return a password to be told once and changed at the first sign-in: 16 letters in fours, 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _four in range(4))


def check_username(username: str) -> None:
    """Refuse a user name that can't be one.

    Raises
    ------
    Refused
        If its form is wrong or somebody has it.
    """
    if not USERNAME.fullmatch(username) or username.startswith(ERASED):
        raise Refused(
            _("用户名“{username}”不合格式").format(username=username), field="username",
            cure=_("用 3 至 40 个小写字母、数字、点、横线或下划线，以字母或数字开头"),
        )  # fmt: skip
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(
            _("用户名“{username}”已有人使用").format(username=username), field="username", cure=_("换一个用户名")
        )


def enter_person(data: PersonData, acting: Acting) -> tuple[Person, str]:
    """Enter a person and return them with the password to be told once; they can do nothing until they have a post.

    Callers give the first post in the same transaction (`domain.posts.give_post`), which asks whether that may be.

    Raises
    ------
    Refused
        If the user name can't be used.
    """
    check_username(data.username)
    password = one_time_password()
    with transaction.atomic():
        person = Person(
            username=data.username, name=data.name, email=data.email, phone=data.phone, must_change_password=True
        )
        person.set_password(password)
        person.save(force_insert=True)
        append(f"person:{person.pk}", "person.entered", acting)
    return person, password


def change_person(person: Person, data: PersonData, acting: Acting) -> list[str]:
    """Change a person's name, mail or telephone; returns the names of the fields changed. The log keeps only these."""
    with managed_account(person, acting) as kept:
        wanted = {"name": data.name, "email": data.email, "phone": data.phone}
        changed = [field for field, value in wanted.items() if getattr(kept, field) != value]
        if changed:
            for field in changed:
                setattr(kept, field, wanted[field])
            kept.save(update_fields=changed)
            append(f"person:{kept.pk}", "person.changed", acting, {"fields": changed})
    return changed


def deactivate(person: Person, acting: Acting) -> None:
    """Let a person sign in no more; whoever is signed in as them is signed out at once."""
    with managed_account(person, acting) as kept:
        if not kept.is_active:
            raise Refused(_("该人员已停用"), cure=_("刷新页面查看现状"))
        kept.is_active = False
        kept.save(update_fields=["is_active"])
        sign_out_everywhere(kept)
        append(f"person:{kept.pk}", "person.deactivated", acting)


def reactivate(person: Person, acting: Acting) -> None:
    """Let a person sign in again; not one whose data were erased."""
    with managed_account(person, acting) as kept:
        if kept.is_active or kept.erased_at:
            raise Refused(_("该人员不能启用"), cure=_("已抹除个人数据的人员须重新录入"))
        kept.is_active = True
        kept.save(update_fields=["is_active"])
        append(f"person:{kept.pk}", "person.reactivated", acting)


def reset_password(person: Person, acting: Acting) -> str:
    """Give a person a new password, to be told once; their sessions end. The second factor stays as it is."""
    password = one_time_password()
    with managed_account(person, acting) as kept:
        if kept.erased_at:
            raise Refused(_("该人员的个人数据已抹除"), cure=_("须重新录入"))
        kept.set_password(password)
        kept.must_change_password = True
        kept.save(update_fields=["password", "must_change_password"])
        sign_out_everywhere(kept)
        append(f"person:{kept.pk}", "person.password_reset", acting)
    return password


def reset_second_factor(person: Person, acting: Acting) -> None:
    """Take a lost second factor away; the person enrols again and until then acts without the roles that need it."""
    with managed_account(person, acting) as kept:
        drop_second_factor(kept)
        sign_out_everywhere(kept)
        append(f"person:{kept.pk}", "person.second_factor_reset", acting)


def drop_second_factor(person: Person) -> None:
    """Delete a person's devices and recovery codes."""
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()


@contextmanager
def managed_account(person: Person, acting: Acting) -> Iterator[Person]:
    """Lock a person's row, in a transaction, for someone who may manage the account.

    Raises
    ------
    NotManaged
        If they may not.
    """
    if not may_manage_account(acting, person):
        raise NotManaged(_("该账号不在您的管理范围内，或尚未开启管理会话"), cure=_("由其所在各单位的上级管理员办理"))
    with transaction.atomic():
        yield Person.objects.select_for_update().get(pk=person.pk)
