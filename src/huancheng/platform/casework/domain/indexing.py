"""Keeping the table of what can be found in step with the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction

from huancheng.platform.casework.domain.folding import fold, fold_lines, grams
from huancheng.platform.casework.domain.search_kinds import Draft, SearchKind, search_kinds
from huancheng.platform.casework.models import SearchEntry, SearchGram

BATCH = 500
TITLE = SearchEntry._meta.get_field("title").max_length or 0  # noqa: SLF001 - Django's own name for it
FOLDED = SearchEntry._meta.get_field("folded_title").max_length or 0  # noqa: SLF001 - Django's own name for it


def index(kind: str, keys: Collection[int]) -> int:
    """Bring some things of a kind into step; returns how many entries changed.

    A thing whose words are the same is left alone, so that the many acts that change no words cost two queries.

    Parameters
    ----------
    kind
        Name of the kind.
    keys
        Numbers; those that are gone lose their entry.
    """
    with transaction.atomic():
        found = {item.key: item for item in SearchEntry.objects.select_for_update().filter(kind=kind, key__in=keys)}
        drafts = {draft.key: draft for draft in search_kinds()[kind].drafts(keys)}
        gone = [entry.pk for key, entry in found.items() if key not in drafts]
        SearchEntry.objects.filter(pk__in=gone).delete()
        changed = len(gone)
        for key, draft in drafts.items():
            fresh = _entry(kind, draft)
            before = found.get(key)
            if before is not None and _same(before, fresh):
                continue
            if before is not None:
                fresh.pk = before.pk
            _write(fresh, before)
            changed += 1
    return changed


def rebuild() -> dict[str, int]:
    """Make the whole table anew, batch by batch, so that nobody who writes waits long; returns entries by kind."""
    made: dict[str, int] = {}
    for name, kind in search_kinds().items():
        kept: set[int] = set()
        for entries in _batches(kind):
            _replace(entries)
            kept.update(entry.key for entry in entries)
        known = SearchEntry.objects.filter(kind=name).values_list("key", "pk")
        _forget([entry for key, entry in known if key not in kept])
        made[name] = len(kept)
    _forget(list(SearchEntry.objects.exclude(kind__in=made).values_list("pk", flat=True)))
    return made


def _batches(kind: SearchKind) -> Iterator[list[SearchEntry]]:
    entries = (_entry(kind.name, draft) for draft in kind.drafts(None))
    while group := list(islice(entries, BATCH)):
        yield group


def _replace(entries: list[SearchEntry]) -> None:
    """Write entries of one kind in place of those of the same things."""
    with transaction.atomic():
        SearchEntry.objects.filter(kind=entries[0].kind, key__in=[entry.key for entry in entries]).delete()
        SearchEntry.objects.bulk_create(entries)
        SearchGram.objects.bulk_create(_grams(entries), batch_size=5 * BATCH)


def _forget(entries: list[int]) -> None:
    for start in range(0, len(entries), BATCH):
        SearchEntry.objects.filter(pk__in=entries[start : start + BATCH]).delete()


def _entry(kind: str, draft: Draft) -> SearchEntry:
    lines = [line for line in dict.fromkeys(draft.lines) if line.strip()]
    return SearchEntry(
        kind=kind, key=draft.key, title=draft.title[:TITLE], text="\n".join(lines),
        folded_title=fold(draft.title)[:FOLDED], folded_text=fold_lines(lines), changed_on=draft.changed_on,
    )  # fmt: skip


def _same(before: SearchEntry, fresh: SearchEntry) -> bool:
    names = ("title", "text", "folded_title", "folded_text", "changed_on")
    return all(getattr(before, name) == getattr(fresh, name) for name in names)


def _write(entry: SearchEntry, before: SearchEntry | None) -> None:
    """Write one entry and only those of its grams that changed."""
    wanted = grams(f"{entry.folded_title}\n{entry.folded_text}")
    entry.save()
    known = grams(f"{before.folded_title}\n{before.folded_text}") if before is not None else set()
    entry.grams.filter(gram__in=known - wanted).delete()
    SearchGram.objects.bulk_create(_grams([entry], without=known), batch_size=BATCH)


def _grams(entries: Iterable[SearchEntry], without: Collection[str] = frozenset()) -> list[SearchGram]:
    """Return the grams of entries that were saved; they name them by number, as there are hundreds to an entry."""
    return [
        SearchGram(entry_id=entry.pk, gram=gram)
        for entry in entries
        for gram in sorted(grams(f"{entry.folded_title}\n{entry.folded_text}") - set(without))
    ]
