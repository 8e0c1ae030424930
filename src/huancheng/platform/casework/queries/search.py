"""Searching over everything a person may see: by pairs of characters, then by the very words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.folding import fold, spread, terms
from huancheng.platform.casework.domain.search_kinds import SearchKind, search_kinds
from huancheng.platform.casework.models import SearchEntry, SearchGram
from huancheng.platform.casework.queries.snippets import Piece, marked, snippet

PAGE = 20
MOST_TERMS = 8
"""Terms looked at; a longer query is a pasted page."""
MOST_GRAMS = 4
"""Pairs that find the candidates of a term; the very words are compared afterwards."""
PAIR = 2
"""A term of one pair is proved by the pair alone."""
LONGEST = 200
"""Characters of a query looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Parameters
    ----------
    kind
        What it is.
    title
        Its title, in pieces, those that match marked.
    snippet
        The line that matches, in pieces; empty where the title says it all.
    link
        Where it is shown; empty where it has no page.
    """

    kind: SearchKind
    title: list[Piece]
    snippet: list[Piece]
    link: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Parameters
    ----------
    query
        What was looked for, as it was written.
    page
        The page of entries.
    hits
        What is on it.
    numbers
        How many of each kind, for kinds that have any.
    """

    query: str
    page: Page[SearchEntry]
    hits: list[Hit]
    numbers: list[tuple[SearchKind, int]]

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(number for _, number in self.numbers)


def search(acting: Acting, query: str, *, kind: str = "", page: str | int = 1) -> Found:
    """Find what a person may see.

    Parameters
    ----------
    acting
        Who looks; what they may not see is neither shown nor counted.
    query
        Words; all of them must stand in one thing.
    kind
        Only things of this kind; all where empty.
    page
        Number of the page.
    """
    wanted = terms(query[:LONGEST])[:MOST_TERMS]
    seen = matching(wanted).filter(in_sight(acting)) if wanted else SearchEntry.objects.none()
    kinds = search_kinds()
    counted = dict(seen.order_by().values_list("kind").annotate(Count("pk"))) if wanted else {}
    numbers = [(kinds[name], counted[name]) for name in kinds if counted.get(name)]
    narrowed = seen.filter(kind=kind) if kind in kinds else seen
    paginator = Paginator(ranked(narrowed, query), PAGE)
    paginator.count = counted.get(kind, 0) if kind in kinds else sum(counted.values())
    shown = paginator.get_page(page)
    return Found(query, shown, _hits(list(shown.object_list), wanted), numbers)


def matching(wanted: list[str]) -> QuerySet[SearchEntry]:
    """Return the entries in which every term stands, wherever; says nothing about who may see them."""
    found = SearchEntry.objects.all()
    for term in wanted:
        for gram in spread(term, MOST_GRAMS):
            found = found.filter(pk__in=SearchGram.objects.filter(gram=gram).values("entry"))
        if len(term) > PAIR:
            found = found.filter(Q(folded_title__contains=term) | Q(folded_text__contains=term))
    return found


def in_sight(acting: Acting) -> Q:
    """Return the condition that an entry is of a thing the person may see."""
    own = [Q(kind=kind.name, key__in=kind.visible(acting)) for kind in search_kinds().values()]
    return reduce(or_, own, Q(pk__in=()))


def ranked(found: QuerySet[SearchEntry], query: str) -> QuerySet[SearchEntry]:
    """Order entries: the very title, then all terms in the title, then in the text; later ones first among equals."""
    wanted = terms(query[:LONGEST])[:MOST_TERMS]
    if not wanted:
        return found.order_by("pk")
    in_title = reduce(and_, (Q(folded_title__contains=term) for term in wanted), Q())
    rank = Case(
        When(folded_title=fold(query[:LONGEST]), then=Value(0)),
        When(in_title, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(rank, F("changed_on").desc(nulls_last=True), "-pk")


def _hits(entries: list[SearchEntry], wanted: list[str]) -> list[Hit]:
    kinds = search_kinds()
    links: dict[tuple[str, int], str] = {}
    for name in {entry.kind for entry in entries}:
        keys = [entry.key for entry in entries if entry.kind == name]
        links |= {(name, key): link for key, link in kinds[name].links(keys).items()}
    return [
        Hit(
            kinds[entry.kind],
            marked(entry.title, wanted),
            snippet(entry.text.splitlines(), entry.title, wanted),
            links.get((entry.kind, entry.key), ""),
        )
        for entry in entries
    ]
