"""A pack read in whole: everything the law says, typed, linked and ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from huancheng.evidence import InputFault
from huancheng.policy.bodies import Body, Jurisdiction, ResolvedBody, Role, resolve_body
from huancheng.policy.calendar import CalendarEdition, WorkingCalendar, known_editions
from huancheng.policy.clauses import Citations, Clause, LawDocument
from huancheng.policy.conditions import Condition, parse_condition
from huancheng.policy.conditions.derive import Derivation, Deriver, Terms
from huancheng.policy.facts import Fact, FactCatalogue, FactKind
from huancheng.policy.pack import Entry, Pack, PackFault, load_pack
from huancheng.policy.pack.collection import Collection, Origin, read_collection
from huancheng.policy.provisions import FacilityStandard, FinanceDefault, Parameter, Supervision, TreatmentScoring
from huancheng.policy.provisions.parameters import fill_text, named_parameters
from huancheng.policy.provisions.posts import PostRules
from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.policy.routes.model import Instrument, Route
from huancheng.policy.tables.decide import CompiledRow, CompiledTable
from huancheng.policy.tables.model import Row, Table

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class PolicyBook:
    """All entries of a pack and its parents.

    Parameters
    ----------
    pack
        The pack.
    clauses, law, bodies, roles, jurisdictions, instruments, facts, tables, routes, editions
        Entries by kind.
    parameters, finance, standards
        Numbers other rooms ask for.
    unit_rules
        Profiles by which renewal units are drawn, as written; `unit_profile` gives one with its numbers.
    """

    pack: Pack
    clauses: Collection[Clause]
    law: Collection[LawDocument]
    bodies: Collection[Body]
    roles: Collection[Role]
    jurisdictions: Collection[Jurisdiction]
    instruments: Collection[Instrument]
    facts: Collection[Fact]
    tables: Collection[Table]
    routes: Collection[Route]
    editions: Collection[CalendarEdition]
    parameters: Collection[Parameter]
    finance: Collection[FinanceDefault]
    standards: Collection[FacilityStandard]
    unit_rules: Collection[UnitRules]

    @property
    def source(self) -> str:
        """Name of the policy's document: of the nearest pack that encodes one."""
        return next(
            (
                pack.manifest.number or pack.manifest.source
                for pack in self.pack.lineage
                if pack.manifest.number or pack.manifest.source
            ),
            self.pack.manifest.title,
        )

    @property
    def collections(self) -> tuple[Collection[Any], ...]:
        """All collections, in reading order."""
        return (
            self.clauses,
            self.law,
            self.bodies,
            self.roles,
            self.jurisdictions,
            self.instruments,
            self.facts,
            self.tables,
            self.routes,
            self.editions,
            self.parameters,
            self.finance,
            self.standards,
            self.unit_rules,
        )

    @cached_property
    def catalogue(self) -> FactCatalogue:
        """Facts by any name."""
        return FactCatalogue(self.facts)

    @cached_property
    def citations(self) -> Citations:
        """Everything that can be cited."""
        return Citations(self.clauses, self.law, self.source)

    @cached_property
    def latest_change(self) -> date:
        """Last day on which some rule of the pack begins; rules are applied as of it unless a day is given."""
        days = [pack.manifest.effective_from for pack in self.pack.lineage]
        days += [row.effective_from for table in self.tables for row in table.rows if row.effective_from]
        days += [route.effective_from for route in self.routes if route.effective_from]
        return max(days)

    @cached_property
    def deriver(self) -> Deriver:
        """Completes fact sheets by what follows from them."""
        derivations = [self._derivation(fact) for fact in self.facts if fact.is_derived]
        deriver = Deriver(derivations)
        circle = deriver.circle()
        if circle:
            origin = self.facts.origin(circle[0])
            raise PackFault(
                f"the facts {', '.join(circle)} follow from each other in a circle",
                file=origin.file,
                line=origin.line,
                key=circle[0],
                cure="give one of them without a derivation",
            )
        return deriver

    def _derivation(self, fact: Fact) -> Derivation:
        if fact.when is not None:
            return Derivation(
                fact.id, fact.title, condition=self.condition(fact.when, self.facts.origin(fact.id), fact.id)
            )
        ratio = fact.ratio
        above, below = (ratio.numerator, ratio.denominator) if ratio else ((), ())
        terms = (self._terms(fact, above), self._terms(fact, below))
        return Derivation(fact.id, fact.title, *terms, minimum=fact.minimum, maximum=fact.maximum)

    def _terms(self, fact: Fact, names: tuple[str, ...]) -> Terms:
        terms = tuple((-1 if name.startswith("-") else 1, name.removeprefix("-")) for name in names)
        for _, name in terms:
            if name not in self.facts or not self.facts[name].kind.is_number:
                origin = self.facts.origin(fact.id)
                raise PackFault(
                    f"the fact {fact.id!r} follows from {name!r}, which is no number of the catalogue",
                    file=origin.file,
                    line=origin.line,
                    key=fact.id,
                    cure="add the fact or mend its id",
                )
        return terms

    def condition(self, raw: Mapping[str, Any], origin: Origin, key: str) -> Condition:
        """Turn the YAML of a condition into typed tests; faults name the place.

        Raises
        ------
        PackFault
            If the condition can't be read.
        """

        def refuse(message: str, cure: str) -> PackFault:
            return PackFault(message, file=origin.file, line=origin.line, key=key, cure=cure)

        return parse_condition(raw, self.catalogue, refuse, {item.id: item.value for item in self.parameters})

    @cached_property
    def route_conditions(self) -> dict[str, Condition]:
        """Conditions of routes (by id), their steps (`route/step`) and preconditions (`route/#precondition`)."""
        found = {}
        for route in self.routes:
            raws = {route.id: route.when}
            raws |= {f"{route.id}/{step.id}": step.when for step in route.steps}
            raws |= {f"{route.id}/#{item.id}": item.when for item in route.preconditions}
            for place, raw in raws.items():
                origin = self.routes.origin(place if place in self.routes.origins else route.id)
                found[place] = self.condition(raw, origin, place)
        return found

    @cached_property
    def compiled(self) -> dict[str, CompiledTable]:
        """Tables ready to be applied, by id."""
        return {table.id: self._compile(table) for table in self.tables}

    def _compile(self, table: Table) -> CompiledTable:
        for name in table.inputs:
            if name not in self.facts:
                origin = self.tables.origin(table.id)
                raise PackFault(
                    f"the table asks for the fact {name!r}, which is not in the catalogue",
                    file=origin.file,
                    line=origin.line,
                    key=f"{table.id}.inputs",
                    cure="add the fact or mend its id",
                )
        rows = []
        for row in table.rows:
            origin = self.tables.origin(f"{table.id}/{row.id}")
            condition = self.condition(row.when, origin, f"{table.id}/{row.id}")
            for name in condition.facts:
                if name not in table.inputs:
                    raise PackFault(
                        f"the row asks for the fact {name!r}, which is no input of the table",
                        file=origin.file,
                        line=origin.line,
                        key=f"{table.id}/{row.id}",
                        cure="add the fact to the table's inputs",
                    )
            rows.append(CompiledRow(self._worded(row, origin, f"{table.id}/{row.id}"), condition))
        acts = tuple(name for name in table.inputs if self.facts[name].kind is FactKind.ACT)
        return CompiledTable(table, tuple(rows), acts, self.deriver)

    def _worded(self, row: Row, origin: Origin, key: str) -> Row:
        """Return a row with the values of parameters where its text names them."""
        names = named_parameters(row.text)
        for name in names:
            if name not in self.parameters:
                raise PackFault(
                    f"the text names the parameter {name!r}, which is not in the pack",
                    file=origin.file,
                    line=origin.line,
                    key=key,
                    cure="add the parameter or mend its id",
                )
        return row.model_copy(update={"text": fill_text(row.text, self.parameters.entries)}) if names else row

    def parameters_of(self, table: str) -> tuple[str, ...]:
        """Return the ids of the parameters a table's rules take their numbers from, or name."""
        tests = [test for item in self.compiled[table].rows for test in item.condition.tests()]
        names = [name for test in tests for name in test.parameters]
        names += [name for row in self.tables[table].rows for name in named_parameters(row.text)]
        return tuple(dict.fromkeys(names))

    def table(self, name: str, *, as_of: date | None = None) -> CompiledTable:
        """Return a table by id, official name or alias, as it stands on a day (by default the latest change).

        Raises
        ------
        InputFault
            If there is none, or it was not in force on that day.
        """
        found = self._find(self.tables, name, "decision table", lambda table: (table.id, table.title, *table.aliases))
        day = as_of or self.latest_change
        found.demand_in_force(day, found.title)
        return self.compiled[found.id].as_of(day)

    def instrument(self, name: str) -> Instrument:
        """Return an instrument by id, official name or alias.

        Raises
        ------
        InputFault
            If there is none.
        """
        return self._find(self.instruments, name, "instrument", lambda item: item.names)

    def jurisdiction(self, name: str) -> Jurisdiction:
        """Return a jurisdiction by id, official name or alias.

        Raises
        ------
        InputFault
            If there is none.
        """
        return self._find(self.jurisdictions, name, "jurisdiction", lambda item: item.names)

    def _find(self, collection: Collection[E], name: str, kind: str, names: Callable[[E], tuple[str, ...]]) -> E:
        wanted = name.strip()
        for entry in collection:
            if wanted in names(entry):
                return entry
        there = "、".join(names(entry)[1] for entry in collection)
        raise InputFault(f"the pack {self.pack.id} has no {kind} {name!r}", field=kind, cure=f"use one of: {there}")

    def body(self, reference: str, jurisdiction: Jurisdiction) -> ResolvedBody | None:
        """Return the body a reference means in a jurisdiction, or None where the pack does not tell."""
        return resolve_body(reference, jurisdiction, self.bodies, self.roles)

    @cached_property
    def supervision(self) -> Supervision:
        """How projects are watched."""
        return self.pack.read("supervision.yaml", Supervision)

    @cached_property
    def posts(self) -> PostRules:
        """Which roles people have in bodies, and which of them may do what."""
        return self.pack.read("posts.yaml", PostRules)

    @cached_property
    def treatment(self) -> TreatmentScoring:
        """How buildings the hard rules leave open are scored."""
        return self.pack.read("treatment.yaml", TreatmentScoring)

    def unit_profile(self, name: str = "standard") -> UnitRules:
        """Return a profile for drawing units by id or title, with the values of the parameters it names.

        Raises
        ------
        InputFault
            If the pack has no such profile.
        PackFault
            If it names a parameter that is not there or holds no number, or a low end lies above a high end.
        """
        found = self._find(self.unit_rules, name, "profile of unit rules", lambda item: (item.id, item.title))
        origin = self.unit_rules.origin(found.id)
        try:
            if found.extends:
                found = found.joined_to(self.unit_rules[found.extends])
            return found.with_numbers({item.id: item.value for item in self.parameters})
        except KeyError as error:
            message = f"the profile names {error.args[0]!r}, which is not in the pack"
            cure = "add the parameter or profile, or mend its id"
            raise PackFault(message, file=origin.file, line=origin.line, key=found.id, cure=cure) from None
        except ValueError as error:
            raise PackFault(
                str(error), file=origin.file, line=origin.line, key=found.id, cure="mend the parameter or the rule"
            ) from None

    def calendar(self, day: date) -> WorkingCalendar:
        """Return the working-day calendar as known on a day."""
        return WorkingCalendar(known_editions(self.editions, day))

    def changes(self) -> Iterator[Any]:
        """Yield all changes child packs made, over all kinds."""
        for collection in self.collections:
            yield from collection.changes


def load_book(name_or_path: str | Path, *, root: Path | None = None) -> PolicyBook:
    """Load a pack and read all of it.

    Parameters
    ----------
    name_or_path, root
        As for `load_pack`.

    Returns
    -------
    PolicyBook
        The law, ready to be asked. Books of unchanged packs are kept.

    Raises
    ------
    PackFault
        If anything in the pack doesn't fit.
    """
    pack = load_pack(name_or_path, root=root)
    return _read_book(pack.folder.resolve(), root, pack.digest)


@lru_cache(maxsize=16)
def _read_book(folder: Path, root: Path | None, digest: str) -> PolicyBook:
    """Read a pack; the digest in the key makes an edited pack be read again."""
    pack = load_pack(folder, root=root)
    parameters = read_collection(pack, "parameters", Parameter)
    book = PolicyBook(
        pack,
        read_collection(pack, "clauses", Clause),
        read_collection(pack, "law", LawDocument),
        read_collection(pack, "bodies", Body),
        read_collection(pack, "roles", Role),
        read_collection(pack, "jurisdictions", Jurisdiction),
        read_collection(pack, "instruments", Instrument),
        read_collection(pack, "facts", Fact),
        read_collection(pack, "tables", Table),
        read_collection(pack, "routes", Route, {item.id: item.value for item in parameters}),
        read_collection(pack, "calendar", CalendarEdition),
        parameters,
        read_collection(pack, "finance", FinanceDefault),
        read_collection(pack, "standards", FacilityStandard),
        read_collection(pack, "unit_rules", UnitRules),
    )
    if book.pack.digest != digest:
        raise PackFault("the pack changed while it was read", file=str(folder), cure="run the command again")
    return book
