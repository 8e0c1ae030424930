"""What is done with a case's papers: added, replaced, described, made public. Each is an entry of the case's log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.moving import demand, lock, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Paper, PaperVersion, PublicCopy
from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import Taken

ACT = "attach"


class PaperFault(InputFault):
    """Something that can't be done with a paper as it is."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a paper is.

    Parameters
    ----------
    title, kind
        Its title and sort (`Paper.Kind`).
    slot
        Required paper it stands for; empty for any other.
    number, dated
        Its own number (文号) and date.
    """

    title: str
    kind: str
    slot: str = ""
    number: str = ""
    dated: date | None = None


def add_paper(
    case: int, taken: Taken, description: Description, acting: Acting, *, expected: int | None = None
) -> Paper:
    """Add a paper to a case.

    Parameters
    ----------
    case
        Its id.
    taken
        The file.
    description
        What it is.
    acting
        Who adds it.
    expected
        Version of the case the person saw.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    """
    with _changing(case, acting, expected) as standing:
        last = standing.case.papers.order_by("-position").values_list("position", flat=True).first()
        paper = Paper.objects.create(case=standing.case, position=(last or 0) + 1, **_fields(description))
        _bring(standing, paper, 1, taken, acting, change="added")
    return paper


def replace_paper(paper: Paper, taken: Taken, acting: Acting, *, expected: int | None = None) -> PaperVersion:
    """Bring a new version of a paper; the old ones stay.

    Raises
    ------
    PaperFault
        If it is the same file as the newest version.
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    """
    with _changing(paper.case_id, acting, expected) as standing:
        newest = paper.versions.order_by("-number").first()
        if newest is not None and newest.stored_id == taken.stored.pk:
            raise PaperFault(_("与现在的版本是同一个文件"), field="file", cure=_("请选择修改后的文件"))
        return _bring(standing, paper, newest.number + 1 if newest else 1, taken, acting, change="replaced")


def describe_paper(paper: Paper, description: Description, acting: Acting, *, expected: int | None = None) -> Paper:
    """Mend what is said of a paper: title, sort, number, date; what was said before stays in the log.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    """
    with _changing(paper.case_id, acting, expected) as standing:
        row = Paper.objects.get(pk=paper.pk)
        before, after = _fields(row), _fields(description)
        changed = sorted(name for name in after if before[name] != after[name])
        if not changed:
            return row
        for name in changed:
            setattr(row, name, after[name])
        row.save(update_fields=changed)
        plain = {name: [_plain(before[name]), _plain(after[name])] for name in changed if name != "title"}
        words = f"{before['title']} → {after['title']}" if "title" in changed else ""
        _log(standing, row, acting, "described", words=words, fields=changed, values=plain)
    return row


def offer_public_copy(
    version: PaperVersion, taken: Taken | None, acting: Acting, *, expected: int | None = None
) -> PublicCopy:
    """Offer a copy for the public; it waits for a second person.

    Parameters
    ----------
    version
        Version it is made from.
    taken
        The redacted file; None says that nothing in the original needs blackening.
    acting
        Who made it.

    Raises
    ------
    PaperFault
        If another copy of the paper already waits.
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    """
    with _changing(version.paper.case_id, acting, expected) as standing:
        waiting = PublicCopy.objects.filter(
            version__paper=version.paper_id, confirmed_at__isnull=True, refused_at__isnull=True
        )
        if waiting.exists():
            raise PaperFault(_("已有一份公开版待复核"), cure=_("请先复核或退回那一份"))
        if acting.person is None:
            raise NotAllowed(_("公开版须由本人提交"), cure=_("请登录后提交"))
        stored, name = (taken.stored, taken.name) if taken else (version.stored, version.name)
        copy = PublicCopy.objects.create(
            version=version, stored=stored, name=name, made_by=acting.person, made_at=clock.now()
        )
        _log(
            standing, version.paper, acting, "public_copy_offered",
            words=name, version=version.number, sha256=stored.sha256, copy=copy.pk, unchanged=taken is None,
        )  # fmt: skip
    return copy


def settle_public_copy(
    copy: PublicCopy, acting: Acting, *, confirmed: bool, words: str = "", expected: int | None = None
) -> PublicCopy:
    """Confirm a copy after comparing it with the original, or send it back.

    Raises
    ------
    PaperFault
        If it was settled already.
    NotAllowed
        If the person made it, or may not.
    Overtaken
        If the case changed meanwhile.
    """
    with _changing(copy.version.paper.case_id, acting, expected) as standing:
        row = PublicCopy.objects.select_for_update().select_related("version__paper", "stored").get(pk=copy.pk)
        if not row.is_waiting:
            raise PaperFault(_("这份公开版已经复核过"), cure=_("请刷新页面"))
        if acting.person is None or row.made_by in {acting.person, acting.on_behalf_of}:
            raise NotAllowed(_("公开版须由第二人复核，制作人不能自己确认"), cure=_("请同事复核"))
        if confirmed:
            row.confirmed_by, row.confirmed_at = acting.person, clock.now()
        else:
            row.refused_at = clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at", "refused_at"])
        change = "public_copy_confirmed" if confirmed else "public_copy_refused"
        _log(standing, row.version.paper, acting, change, words=words, copy=row.pk, sha256=row.stored.sha256)
    return row


def publish_paper(paper: Paper, acting: Acting, *, expected: int | None = None) -> Paper:
    """Let the public read the newest confirmed copy of a paper.

    Raises
    ------
    PaperFault
        If no copy was confirmed by a second person.
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    """
    with _changing(paper.case_id, acting, expected) as standing:
        copy = PublicCopy.objects.filter(version__paper=paper, confirmed_at__isnull=False).order_by("-id").first()
        if copy is None:
            raise PaperFault(_("没有经第二人复核的公开版"), cure=_("请先上传公开版，由同事复核"))
        _set_published(paper, copy)
        _log(standing, paper, acting, "published", copy=copy.pk, sha256=copy.stored.sha256)
    return paper


def unpublish_paper(paper: Paper, acting: Acting, *, reason: str, expected: int | None = None) -> Paper:
    """Take a paper back from the public.

    Raises
    ------
    PaperFault
        If it is not public, or no reason is given.
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    """
    with _changing(paper.case_id, acting, expected) as standing:
        row = Paper.objects.get(pk=paper.pk)
        if row.published_id is None:
            raise PaperFault(_("此件没有公开"), cure=_("请刷新页面"))
        if not reason.strip():
            raise PaperFault(_("请写明撤回公开的理由"), field="reason")
        _log(standing, row, acting, "unpublished", words=reason.strip(), copy=row.published_id)
        _set_published(paper, None)
    return paper


@contextmanager
def _changing(case: int, acting: Acting, expected: int | None) -> Iterator[CaseStanding]:
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, ACT, standing)
        yield standing


def _set_published(paper: Paper, copy: PublicCopy | None) -> None:
    paper.published = copy
    paper.save(update_fields=["published"])


def _bring(
    standing: CaseStanding, paper: Paper, number: int, taken: Taken, acting: Acting, *, change: str
) -> PaperVersion:
    version = PaperVersion.objects.create(
        paper=paper, number=number, stored=taken.stored, name=taken.name,
        brought_by=acting.person, brought_for=acting.body, brought_at=clock.now(),
    )  # fmt: skip
    _log(
        standing, paper, acting, change,
        words=f"{paper.title}｜{taken.name}", version=number, sha256=taken.stored.sha256, size=taken.stored.size,
        kind=paper.kind, slot=paper.slot, dated=_plain(paper.dated),
    )  # fmt: skip
    return version


def _log(standing: CaseStanding, paper: Paper, acting: Acting, change: str, *, words: str = "", **data: object) -> None:
    said: dict[str, Any] = {
        "change": change,
        "item": paper.pk,
        "position": paper.position,
        "paper": paper.number,
        **data,
    }
    record(standing, ACT, acting, words=words, **said)


def _fields(source: Paper | Description) -> dict[str, object]:
    return {name: getattr(source, name) for name in ("title", "kind", "slot", "number", "dated")}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
