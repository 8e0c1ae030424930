"""A case's papers as pages show them: what is there, what is still wanted, what a person may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain.papers import ACT
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case, Paper, PaperVersion, PublicCopy
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import may
from huancheng.platform.files.domain.reading import Readable
from huancheng.platform.files.domain.refusing import FLAG_WORDS, Flag
from huancheng.platform.files.formats import formats


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version as it is shown.

    Parameters
    ----------
    version
        The row.
    who, body
        Who brought it, for which body.
    flags
        What a reader should know, in words.
    copies
        Copies for the public made from it.
    """

    version: PaperVersion
    who: str
    body: str
    flags: tuple[str, ...]
    copies: tuple[PublicCopy, ...]

    @property
    def can_preview(self) -> bool:
        """Whether a browser may show it."""
        return formats()[self.version.stored.format].inline


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as it is shown.

    Parameters
    ----------
    paper
        The row.
    versions
        Its versions, newest first.
    """

    paper: Paper
    versions: tuple[VersionView, ...]

    @property
    def newest(self) -> VersionView:
        """The version in force."""
        return self.versions[0]

    @property
    def waiting_copy(self) -> PublicCopy | None:
        """The copy for the public that a second person has yet to look at."""
        return next((copy for item in self.versions for copy in item.copies if copy.is_waiting), None)

    @property
    def is_published_copy_old(self) -> bool:
        """Whether the public reads a copy of an earlier version."""
        published = self.paper.published_id
        return published is not None and published not in {copy.pk for copy in self.newest.copies}

    @property
    def can_publish(self) -> bool:
        """Whether a confirmed copy is there that the public does not read yet."""
        confirmed = [copy.pk for item in self.versions for copy in item.copies if copy.confirmed_at is not None]
        return bool(confirmed) and max(confirmed) != self.paper.published_id


@dataclass(frozen=True, slots=True)
class Slot:
    """A paper the law asks for.

    Parameters
    ----------
    name
        What it is called in the pack.
    origin
        Which part of the law asks for it: the instrument or a step, in words.
    filled
        Whether a paper stands for it.
    """

    name: str
    origin: str
    filled: bool


@dataclass(frozen=True, slots=True)
class CasePapers:
    """Everything a page shows of a case's papers.

    Parameters
    ----------
    case
        The case.
    papers
        What is there, in order.
    slots
        What is asked for.
    may_attach
        Whether the person may add and change papers now.
    """

    case: Case
    papers: tuple[PaperView, ...]
    slots: tuple[Slot, ...]
    may_attach: bool

    @property
    def wanted(self) -> tuple[Slot, ...]:
        """What is asked for and not there."""
        return tuple(slot for slot in self.slots if not slot.filled)


def papers_of(case: Case, acting: Acting, standing: CaseStanding | None = None) -> CasePapers:
    """Return a case's papers; the number of queries is the same for one and for a hundred.

    Parameters
    ----------
    case
        A case the person may see.
    acting
        Who looks.
    standing
        Where the case stands, if it was made already.
    """
    standing = standing or standing_of(case)
    views = _views(_with_versions(case.papers.all()))
    return CasePapers(case, views, slots_of(standing, (view.paper.slot for view in views)), may(acting, ACT, standing))


def paper_view(acting: Acting, number: int) -> PaperView | None:
    """Return one paper, if the person may see its case."""
    views = _views(_with_versions(visible_papers(acting).filter(pk=number)))
    return views[0] if views else None


def visible_papers(acting: Acting | None) -> QuerySet[Paper]:
    """Return the papers of the cases a person may see."""
    return Paper.objects.filter(case__in=visible_cases(acting).values("pk"))


def slots_of(standing: CaseStanding, filled: Iterable[str] = ()) -> tuple[Slot, ...]:
    """Return the papers the law asks for: the instrument's contents and annexes, then the documents of each step."""
    there = set(filled)
    instrument = standing.plan.instrument
    wanted: dict[str, str] = {}
    for name in (*instrument.contents, *instrument.annexes):
        wanted.setdefault(name, instrument.title)
    for planned in standing.plan.steps:
        for name in planned.step.documents:
            wanted.setdefault(name, _(planned.step.kind.official))
    return tuple(Slot(name, origin, name in there) for name, origin in wanted.items())


def version_gate(number: int, acting: Acting | None) -> Readable | None:
    """Say who may read a version: whoever may see its case."""
    found = PaperVersion.objects.filter(pk=number, paper__in=visible_papers(acting)).select_related("stored").first()
    return Readable(found.stored, found.name) if found else None


def public_copy_gate(number: int, acting: Acting | None) -> Readable | None:
    """Say who may read a copy for the public: everybody once it is published, before that whoever may see its case."""
    copies = PublicCopy.objects.filter(pk=number).select_related("stored")
    found = (
        copies.filter(published_as__isnull=False).first()
        or copies.filter(version__paper__in=visible_papers(acting)).first()
    )
    return Readable(found.stored, found.name) if found else None


def _with_versions(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    copies = Prefetch("public_copies", PublicCopy.objects.select_related("stored").order_by("-id"))
    versions = PaperVersion.objects.select_related("stored").prefetch_related(copies).order_by("-number")
    return papers.select_related("case", "published").prefetch_related(Prefetch("versions", versions))


def _views(papers: QuerySet[Paper]) -> tuple[PaperView, ...]:
    rows = list(papers)
    versions = [version for paper in rows for version in paper.versions.all()]
    people = dict(Person.objects.filter(pk__in={row.brought_by for row in versions}).values_list("pk", "name"))
    bodies = dict(Body.objects.filter(pk__in={row.brought_for for row in versions}).values_list("pk", "name"))
    return tuple(
        PaperView(paper, tuple(_version(version, people, bodies) for version in paper.versions.all())) for paper in rows
    )


def _version(version: PaperVersion, people: dict[int, str], bodies: dict[int, str]) -> VersionView:
    flags = tuple(str(FLAG_WORDS[Flag(flag)]) for flag in version.stored.flags)
    who = people.get(version.brought_by or 0) or _("已注销人员")
    return VersionView(
        version, who, bodies.get(version.brought_for or 0, ""), flags, tuple(version.public_copies.all())
    )
