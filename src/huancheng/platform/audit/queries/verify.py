"""Whether the log is as it was written: every digest, every chain, every anchor computed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from huancheng.platform.audit.domain.anchor import digest_anchor
from huancheng.platform.audit.domain.append import digest_event, digest_words
from huancheng.platform.audit.models import Anchor, Event, Words

CHUNK = 2000
MOST_FINDINGS = 200
"""Findings listed; their number is counted beyond."""


class Break(StrEnum):
    """How the log can be broken."""

    CHANGED = "changed"
    """An entry doesn't say what its digest was made over."""
    GAP = "gap"
    """Entries of a stream are missing before this one."""
    UNCHAINED = "unchained"
    """An entry doesn't carry the digest of the one before it."""
    WORDS = "words"
    """Free text was changed, removed or added, and not by erasing."""
    CUT = "cut"
    """An anchor knows an entry that is gone."""
    REPLACED = "replaced"
    """An anchor knows another entry in this place."""
    ANCHOR = "anchor"
    """An anchor was changed, or its chain is broken."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One break.

    Parameters
    ----------
    kind
        How it is broken.
    place
        The entry (`case:17#4`) or the anchor (`anchor 12`).
    text
        What was found, in a sentence.
    entry
        Id of the entry, where there is one.
    """

    kind: Break
    place: str
    text: str
    entry: int | None = None


@dataclass
class Verification:
    """What was examined, and what was found broken.

    Parameters
    ----------
    entries, streams, anchors, erased
        How many were examined; how many words were found erased, as they may be.
    unanchored
        Entries newer than the last anchor: cutting off these would not show.
    findings
        The breaks, the earliest entry first.
    count
        How many breaks there are; more than are listed where there are very many.
    """

    entries: int = 0
    streams: int = 0
    anchors: int = 0
    erased: int = 0
    unanchored: int = 0
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is broken."""
        return self.count == 0

    def as_dict(self) -> dict[str, Any]:
        """Return it for `--json`."""
        return {"whole": self.whole, **asdict(self)}

    def add(self, kind: Break, place: str, text: str, entry: int | None = None) -> None:
        """Note a break."""
        self.count += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, place, text, entry))


def verify_log(*, printed: str = "") -> Verification:
    """Examine the whole log.

    Parameters
    ----------
    printed
        Digest of an anchor that was kept elsewhere; it must be among the anchors.
    """
    found = Verification()
    wanted, covered = _examine_anchors(found, printed)
    stream, sequence, digest = "", 0, ""
    for event in _events():
        if event.stream != stream:
            stream, sequence, digest = event.stream, 0, ""
            found.streams += 1
        _examine_entry(found, event, sequence, digest)
        known = wanted.pop((stream, event.sequence), None)
        if known and known[1] != event.digest:
            found.add(Break.REPLACED, event.place, f"anchor {known[0]} knows another entry in this place", event.pk)
        found.entries += 1
        found.unanchored += event.pk > covered
        sequence, digest = event.sequence, event.digest
    for (name, number), (anchor, _) in wanted.items():
        found.add(Break.CUT, f"{name}#{number}", f"anchor {anchor} knows this entry, and it is gone")
    found.findings.sort(key=lambda item: (item.entry is None, item.entry or 0, item.place))
    return found


class LogBroken(RuntimeError):
    """The log is not as it was written."""


def demand_whole_log() -> None:
    """Examine the whole log, for the daily round; what is found stands in the program's log and on the page.

    Raises
    ------
    LogBroken
        If anything in it is broken.
    """
    found = verify_log()
    if not found.whole:
        first = found.findings[0]
        raise LogBroken(f"{found.count} places, the first at {first.place}: {first.text}")


def _events() -> Iterator[Event]:
    return Event.objects.select_related("words").order_by("stream", "sequence").iterator(CHUNK)


def _examine_anchors(found: Verification, printed: str) -> tuple[dict[tuple[str, int], tuple[int, str]], int]:
    """Examine the anchors' own chain; return the entries they know, and the last id they cover."""
    wanted: dict[tuple[str, int], tuple[int, str]] = {}
    number, digest, covered, digests = 0, "", 0, set()
    for anchor in Anchor.objects.order_by("number").iterator(CHUNK):
        place = f"anchor {anchor.number}"
        if digest_anchor(anchor) != anchor.digest:
            found.add(Break.ANCHOR, place, "it doesn't say what its digest was made over")
        if anchor.number != number + 1 or anchor.previous != digest:
            found.add(Break.ANCHOR, place, "it doesn't follow the anchor before it")
        for stream, (sequence, head) in anchor.heads.items():
            wanted[stream, sequence] = (anchor.number, head)
        number, digest, covered = anchor.number, anchor.digest, anchor.last_event
        digests.add(anchor.digest)
        found.anchors += 1
    if printed and printed not in digests:
        found.add(Break.ANCHOR, f"anchor {printed[:12]}…", "the anchor that was kept elsewhere is not in the log")
    return wanted, covered


def _examine_entry(found: Verification, event: Event, sequence: int, digest: str) -> None:
    place = event.place
    if event.sequence != sequence + 1:
        text = f"it follows #{sequence}: {event.sequence - sequence - 1} entries before it are missing"
        found.add(Break.GAP, place, text, event.pk)
    elif event.previous != digest:
        found.add(Break.UNCHAINED, place, "it doesn't carry the digest of the entry before it", event.pk)
    if digest_event(event) != event.digest:
        found.add(Break.CHANGED, place, "it doesn't say what its digest was made over", event.pk)
    _examine_words(found, event)


def _examine_words(found: Verification, event: Event) -> None:
    words: Words | None = getattr(event, "words", None)
    if words is None:
        if event.words_digest:
            found.add(Break.WORDS, event.place, "its words are gone without a mark of erasing", event.pk)
    elif words.erased_at is not None and not words.text:
        found.erased += 1
    elif digest_words(words.salt, words.text) != event.words_digest:
        found.add(Break.WORDS, event.place, "its words are not those that were written", event.pk)
