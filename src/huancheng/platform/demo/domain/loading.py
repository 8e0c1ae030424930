"""Filling an empty register with 示例市."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from huancheng.evidence import InputFault
from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.messages import mark_read
from huancheng.platform.casework.models import Case, Message
from huancheng.platform.common import clock
from huancheng.platform.demo.domain.cast import make_cast
from huancheng.platform.demo.domain.places import places_of
from huancheng.platform.demo.domain.plans import tell_plans
from huancheng.platform.demo.domain.stories import Storyteller

STILL_NEW = timedelta(days=4)
"""Messages younger than this are still unread."""

DONE = "demonstration.txt"
"""File in the home folder that says that the demonstration was loaded whole."""


def load_demo(snapshot: Path | None, say: Callable[[str], None]) -> int:
    """Make the bodies, the people and the cases of 示例市; returns how many cases there are.

    Parameters
    ----------
    snapshot
        Folder of a snapshot of the city, for outlines; without one cases have no place on the map.
    say
        Is told how far it is.

    Raises
    ------
    InputFault
        Outside demo mode, or where there are cases already that the demonstration did not make.
    """
    if not settings.DEMO:
        raise InputFault("示例数据只能在演示模式下装入", field="HUANCHENG_DEMO", cure="设置 HUANCHENG_DEMO=1 后再试")
    done = Path(settings.HOME) / DONE
    if Case.objects.exists():
        if not done.is_file():
            raise InputFault(
                "登记库里已有案卷，但不是装完的示例数据",
                file=str(settings.HOME),
                cure="演示请换一个空的 HUANCHENG_HOME",
            )
        say("the demonstration is there already: nothing was added")
        return Case.objects.count()
    book = current_book()
    bodies_from_pack(book)
    cast = make_cast(book)
    say(f"{sum(len(found) for found in cast.posts.values())} people in their posts")
    stories = Storyteller(cast, places_of(book, snapshot))
    for number, line in enumerate(stories.tell_all(), start=1):
        if number % 50 == 0:
            say(f"{number} cases: {line}")
    tell_plans(cast, say)
    _read_old_messages()
    done.write_text(f"{stories.told}\n", "utf-8")
    return Case.objects.count()


def _read_old_messages() -> None:
    """Let everybody have read what they were told long ago."""
    old = Message.objects.filter(at__lt=clock.now() - STILL_NEW, read_at__isnull=True)
    by_person: dict[int, list[int]] = {}
    for pk, person in old.values_list("pk", "person"):
        by_person.setdefault(person, []).append(pk)
    for person, messages in by_person.items():
        mark_read(person, messages)
