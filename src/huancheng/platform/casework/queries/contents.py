"""The contents of an instrument as the page of a case shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.editions import part_names
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.domain.writing import may_write
from huancheng.platform.casework.models import Case, Edition, Part
from huancheng.platform.casework.queries.differences import Run, changed, differences
from huancheng.platform.casework.subjects import kind_of


@dataclass(frozen=True, slots=True)
class PartView:
    """A part as it stands now.

    Parameters
    ----------
    place
        Its place among the parts, from 1.
    name
        Its name.
    text
        What is written.
    is_annex
        Whether our default asks for it, not the policy.
    version
        Times it was saved.
    is_proposed
        Whether the text comes from the room of the subject and nobody has saved it yet.
    """

    place: int
    name: str
    text: str
    is_annex: bool
    version: int
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class ContentsView:
    """All parts and editions.

    Parameters
    ----------
    parts
        As they stand: for who may write, the draft; for everybody else, what was handed in last.
    editions
        What was handed in, oldest first, without the texts.
    may_write
        Whether the person may write now.
    empty
        Names of parts that are still empty.
    """

    parts: Sequence[PartView]
    editions: Sequence[Edition]
    may_write: bool
    empty: Sequence[str]


@dataclass(frozen=True, slots=True)
class PartChange:
    """What changed in a part since the edition before.

    Parameters
    ----------
    name
        Its name.
    runs
        Stretches kept, added and removed.
    is_changed
        Whether it changed.
    """

    name: str
    runs: Sequence[Run]
    is_changed: bool


def contents_of(standing: CaseStanding, acting: Acting) -> ContentsView | None:
    """Return the contents of a case; None where its instrument has none. A draft is seen only by who may write it."""
    names = part_names(standing)
    if not names:
        return None
    editions = list(standing.case.editions.defer("parts"))
    writes = may_write(acting, standing)
    versions: dict[str, int] = {}
    proposals: dict[str, str] = {}
    if writes:
        drafts = {part.name: part for part in Part.objects.filter(case=standing.case)}
        proposals = {name: text for name, text in _told_by_subject(standing).items() if name not in drafts}
        texts = {**proposals, **{name: part.text for name, part in drafts.items()}}
        versions = {name: part.version for name, part in drafts.items()}
    else:
        texts = _handed_in(standing.case) if editions else {}
    annexes = set(standing.plan.instrument.annexes)
    parts = [
        PartView(place, name, texts.get(name, ""), name in annexes, versions.get(name, 0), name in proposals)
        for place, name in enumerate(names, start=1)
    ]
    open_parts = [part.name for part in parts if part.is_proposed or not part.text.strip()]
    return ContentsView(parts, editions, writes, open_parts)


def _told_by_subject(standing: CaseStanding) -> dict[str, str]:
    """Return what the room that owns the subject tells already: a proposal until somebody saves it as the part."""
    return kind_of(standing.case.subject.kind).contents(standing.case.subject)


def _handed_in(case: Case) -> dict[str, str]:
    return Edition.objects.filter(case=case).order_by("-number").values_list("parts", flat=True).first() or {}


def changes_of(edition: Edition) -> list[PartChange]:
    """Return what changed in each part since the edition before; a first edition is new in whole."""
    before = Edition.objects.filter(case=edition.case_id, number=edition.number - 1).first()
    old = before.parts if before else edition.parts
    names = dict.fromkeys([*edition.parts, *old])
    return [_change(name, old.get(name, ""), edition.parts.get(name, "")) for name in names]


def _change(name: str, before: str, after: str) -> PartChange:
    return PartChange(name, differences(before, after), changed(before, after))
