"""Entries of one kind over a pack and its parents: a child adds, or changes a parent's entry by an explicit act."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, Literal, NoReturn, TypeVar

from pydantic import Field, ValidationError

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack.entry import Entry, PackModel
from huancheng.policy.pack.fault import PackFault
from huancheng.policy.pack.loader import Pack
from huancheng.policy.pack.narrowing import widening
from huancheng.policy.pack.strict_yaml import Path, YamlDocument
from huancheng.policy.pack.validate import explain, validate

E = TypeVar("E", bound=Entry)

_ENVELOPE = ("source", "clause", "basis", "certainty", "effective_from", "effective_to")
_INHERITED = ("basis", "certainty")
_PARTS = ("rows", "steps", "requirements", "provisions", "rules")
_HEIRS = (*_PARTS, "preconditions", "rerouting")


class Change(PackModel):
    """An explicit act of a child pack on a parent's entry.

    Parameters
    ----------
    entry
        Id of the entry; `entry/part` for a row of a table, a step of a route or a requirement of a clause.
    kind
        `override` replaces what `set` names; `narrow` may only shorten lists, add conditions or shorten dates;
        `withdraw` takes the entry or part out; `insert` adds a part to the entry.
    reason
        Why, in words a reader sees beside the entry.
    set
        The keys replaced, or the part inserted.
    before
        For `insert`: id of the part that shall follow; None puts it last.
    source, clause, basis, certainty
        What the change rests on.
    """

    entry: str
    kind: Literal["override", "narrow", "withdraw", "insert"]
    reason: str = Field(min_length=1)
    set: dict[str, Any] = Field(default_factory=dict)
    before: str | None = None
    source: str = ""
    clause: str = ""
    basis: Basis = Basis.DEFAULT
    certainty: Certainty = Certainty.PROPOSED


class Envelope(PackModel):
    """Envelope keys that hold for every entry of a file unless the entry says otherwise."""

    source: str | None = None
    clause: str | None = None
    basis: Basis | None = None
    certainty: Certainty | None = None
    effective_from: date | None = None
    effective_to: date | None = None


class EntryFile(PackModel, Generic[E]):
    """A file of entries of one kind."""

    envelope: Envelope = Field(default_factory=Envelope)
    entries: tuple[E, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry or a part of one stands."""

    pack: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """A change as it took effect, shown wherever the entry is used."""

    pack: str
    entry: str
    kind: str
    reason: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    origin: Origin

    def as_dict(self) -> dict[str, Any]:
        """Return the parts for `--json`."""
        return {
            "pack": self.pack,
            "entry": self.entry,
            "kind": self.kind,
            "reason": self.reason,
            "before": dict(self.before),
            "after": dict(self.after),
        }


@dataclass(frozen=True)
class Collection(Generic[E]):
    """Entries by id after all changes, with their places and the changes made."""

    kind: str
    entries: Mapping[str, E]
    origins: Mapping[str, Origin] = field(default_factory=dict)
    changes: tuple[AppliedChange, ...] = ()

    NONE: ClassVar[Origin] = Origin("", "", 0)

    def __iter__(self) -> Iterator[E]:
        """Iterate over the entries in the order of the files, parents first."""
        return iter(self.entries.values())

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.entries)

    def __contains__(self, name: str) -> bool:
        """Whether there is an entry of that id."""
        return name in self.entries

    def __getitem__(self, name: str) -> E:
        """Return an entry by id."""
        return self.entries[name]

    def origin(self, name: str) -> Origin:
        """Return where an entry (`id`) or part (`id/part`) stands."""
        return self.origins.get(name, self.NONE)

    def changes_of(self, name: str) -> tuple[AppliedChange, ...]:
        """Return the changes made to an entry or its parts."""
        return tuple(change for change in self.changes if change.entry.split("/")[0] == name)


def read_collection(
    pack: Pack, kind: str, model: type[E], parameters: Mapping[str, Any] | None = None
) -> Collection[E]:
    """Read all entries of a kind (`KIND.yaml` and `KIND/*.yaml`) of a pack and its parents, changes applied.

    Parameters
    ----------
    pack
        The pack.
    kind
        Name of the files (`bodies`, `routes`, …).
    model
        Model of one entry.
    parameters
        Values of the pack's parameters by id, for times written as `days: {parameter: id}`.

    Returns
    -------
    Collection
        The entries in force in this pack.

    Raises
    ------
    PackFault
        If a file doesn't fit, an id stands twice, a change names nothing, or a narrowing widens.
    """
    merger = _Merger(kind, model, parameters or {})
    for ancestor in reversed(pack.lineage):
        for path in ancestor.files():
            if str(path) == f"{kind}.yaml" or path.match(f"{kind}/*.yaml"):
                merger.add(ancestor, str(path))
        merger.settle()
    return merger.collection()


class _Merger(Generic[E]):
    """Collects entries pack by pack and applies each pack's changes after its entries."""

    def __init__(self, kind: str, model: type[E], parameters: Mapping[str, Any]) -> None:
        self._kind = kind
        self._model = model
        self._parameters = parameters
        self._entries: dict[str, E] = {}
        self._origins: dict[str, Origin] = {}
        self._changes: list[AppliedChange] = []
        self._waiting: list[tuple[Change, Origin, YamlDocument, Path]] = []

    def add(self, pack: Pack, relative_path: str) -> None:
        document = _with_days(_with_envelope(pack.document(relative_path)), self._parameters)
        content = validate(document, EntryFile[self._model])  # type: ignore[name-defined]
        for position, entry in enumerate(content.entries):
            path: Path = ("entries", position)
            origin = Origin(pack.id, document.file, document.line((*path, "id")))
            if entry.id in self._entries:
                there = self._origins[entry.id]
                message = f"the entry {entry.id!r} already stands in {there.file}, line {there.line}"
                raise PackFault(
                    message,
                    file=document.file,
                    line=origin.line,
                    key=entry.id,
                    cure="give it another id, or write a change under `changes:` with its reason",
                )
            self._entries[entry.id] = entry
            self._origins[entry.id] = origin
            self._place_parts(entry.id, document, path, pack.id)
        for position, change in enumerate(content.changes):
            origin = Origin(pack.id, document.file, document.line(("changes", position, "entry")))
            self._waiting.append((change, origin, document, ("changes", position, "set")))

    def _place_parts(self, name: str, document: YamlDocument, path: Path, pack: str) -> None:
        entry: Any = document.value
        for part in path:
            entry = entry[part]
        for key in _PARTS:
            for position, part in enumerate(entry.get(key) or ()):
                label = f"{name}/{part.get('id', position)}"
                line = document.line((*path, key, position))
                if label in self._origins:
                    raise PackFault(
                        f"the part {label!r} stands twice",
                        file=document.file,
                        line=line,
                        key=label,
                        cure="give each part of an entry its own id",
                    )
                self._origins[label] = Origin(pack, document.file, line)

    def settle(self) -> None:
        for change, origin, document, path in self._waiting:
            self._apply(change, origin, document, path)
        self._waiting.clear()

    def _apply(self, change: Change, origin: Origin, document: YamlDocument, path: Path) -> None:
        name, _, part = change.entry.partition("/")
        if name not in self._entries:
            self._refuse(change, origin, f"there is no entry {name!r} to change", "mend the id")
        if self._origins[name].pack == origin.pack:
            self._refuse(change, origin, f"{name!r} is this pack's own entry", "edit the entry itself")
        raw = self._entries[name].model_dump(mode="json", by_alias=True, exclude_unset=True)
        if change.kind == "withdraw" and not part:
            before = {"id": name}
            del self._entries[name]
            self._note(change, origin, before, {})
            return
        before, after = self._edit(raw, part, change, origin)
        try:
            self._entries[name] = self._model.model_validate_json(json.dumps(raw), strict=True)
        except ValidationError as error:
            fault = explain(error, YamlDocument(raw, document.file, {}), self._model)
            raise PackFault(
                fault.message,
                file=document.file,
                line=document.line(path),
                key=fault.key or change.entry,
                cure=fault.cure,
            ) from None
        self._note(change, origin, before, after)

    def _edit(
        self, raw: dict[str, Any], part: str, change: Change, origin: Origin
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        new = json.loads(json.dumps(change.set, default=str))
        if change.kind == "insert":
            self._insert(raw, part, new, change, origin)
            return {}, new
        target, parts = (raw, []) if not part else self._find_part(raw, part, change, origin)
        if change.kind == "withdraw":
            parts.remove(target)
            return dict(target), {}
        before = {key: target.get(key) for key in new}
        wider = widening(before, new) if change.kind == "narrow" else ""
        if wider:
            self._refuse(change, origin, f"a narrowing may not widen: {wider}", "use kind: override and say why")
        target.update(new)
        return before, new

    def _insert(self, raw: dict[str, Any], key: str, new: dict[str, Any], change: Change, origin: Origin) -> None:
        if key not in _PARTS:
            self._refuse(change, origin, f"insert needs the list it adds to, not {key!r}", f"use one of {_PARTS}")
        parts = raw.setdefault(key, [])
        position = len(parts)
        if change.before is not None:
            places = [index for index, part in enumerate(parts) if part.get("id") == change.before]
            if not places:
                self._refuse(change, origin, f"there is no {change.before!r} to insert before", "mend `before`")
            position = places[0]
        for inherited in _INHERITED:
            new.setdefault(inherited, getattr(change, inherited).value)
        parts.insert(position, new)
        self._origins[f"{change.entry.split('/')[0]}/{new.get('id', '')}"] = origin

    def _find_part(
        self, raw: dict[str, Any], part: str, change: Change, origin: Origin
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        for key in _PARTS:
            parts: list[dict[str, Any]] = raw.get(key) or []
            for candidate in parts:
                if candidate.get("id") == part:
                    return candidate, parts
        return self._refuse(change, origin, f"the entry has no part {part!r}", "mend the id")

    def _refuse(self, change: Change, origin: Origin, message: str, cure: str) -> NoReturn:
        raise PackFault(message, file=origin.file, line=origin.line, key=change.entry, cure=cure)

    def _note(self, change: Change, origin: Origin, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self._changes.append(
            AppliedChange(origin.pack, change.entry, change.kind, change.reason, before, after, origin)
        )

    def collection(self) -> Collection[E]:
        return Collection(self._kind, self._entries, self._origins, tuple(self._changes))


def _with_envelope(document: YamlDocument) -> YamlDocument:
    """Fill the file's envelope into its entries, and basis and certainty of an entry into its parts."""
    value = document.value
    if not isinstance(value, dict) or not isinstance(value.get("entries"), list):
        return document
    head = value.get("envelope")
    shared = {key: head[key] for key in _ENVELOPE if key in head} if isinstance(head, dict) else {}
    entries = [_filled(entry, shared) for entry in value["entries"]]
    return YamlDocument({**value, "entries": entries}, document.file, document.lines, document.in_braces)


def _with_days(document: YamlDocument, parameters: Mapping[str, Any]) -> YamlDocument:
    """Put the values of parameters where steps of entries and of changes write `days: {parameter: id}`."""

    def walk(value: Any, path: Path) -> Any:
        if isinstance(value, list):
            return [walk(item, (*path, place)) for place, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        return {
            key: days(item, (*path, key)) if key == "days" else walk(item, (*path, key)) for key, item in value.items()
        }

    def days(value: Any, path: Path) -> Any:
        if not isinstance(value, dict) or list(value) != ["parameter"]:
            return value
        if value["parameter"] not in parameters:
            raise PackFault(
                f"there is no parameter {value['parameter']!r}",
                file=document.file,
                line=document.line(path),
                key="days",
                cure="add it to parameters.yaml of the pack or a parent, or mend the id",
            )
        return parameters[value["parameter"]]

    return YamlDocument(walk(document.value, ()), document.file, document.lines, document.in_braces)


def _filled(entry: Any, shared: Mapping[str, Any]) -> Any:
    if not isinstance(entry, dict):
        return entry
    full = {**shared, **entry}
    inherited = {key: full[key] for key in _INHERITED if key in full}
    for key in _HEIRS:
        parts = full.get(key)
        if isinstance(parts, list):
            full[key] = [{**inherited, **part} if isinstance(part, dict) else part for part in parts]
    return full
