"""Erasing a person's data: name, mail, telephone and words go; numbers, posts and what was done stay."""

from __future__ import annotations

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Q
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.domain.erase import erase_words
from huancheng.platform.bodies.domain.faults import Refused
from huancheng.platform.bodies.domain.people import ERASED, drop_second_factor, managed_account
from huancheng.platform.bodies.domain.presence import sign_out_everywhere
from huancheng.platform.bodies.models import Person, Post, StagedPeople
from huancheng.platform.common import clock


def erase_person(person: Person, acting: Acting) -> int:
    """Erase what tells who a person was; returns how many of their texts were erased.

    They can sign in no more and their posts end. Events name a number, so that they stay and the chain holds.

    Raises
    ------
    NotManaged
        If the account is not theirs to manage.
    Refused
        If it was done before.
    """
    with managed_account(person, acting) as kept:
        if kept.erased_at:
            raise Refused(_("该人员的个人数据已抹除"), cure=_("刷新页面查看现状"))
        username = kept.username
        sign_out_everywhere(kept)
        drop_second_factor(kept)
        for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
            attempts.objects.filter(username=username).delete()
        StagedPeople.objects.filter(by=kept).delete()
        today = clock.today()
        Post.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=today), person=kept).update(
            valid_until=today
        )
        Post.objects.filter(person=kept).update(title="")
        kept.username, kept.name = f"{ERASED}{kept.pk}", ""
        kept.email = kept.phone = ""
        kept.is_active, kept.erased_at = False, clock.now()
        kept.last_login = None
        kept.set_unusable_password()
        kept.save()
        texts = erase_words(kept.pk, acting)
        append(f"person:{kept.pk}", "person.erased", acting)
    return texts
