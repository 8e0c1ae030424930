"""All that the page of a case shows, from one reading of its log and a number of queries that does not grow with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case, DecisionRecord
from huancheng.platform.casework.queries.case_facts import CaseFacts, case_facts
from huancheng.platform.casework.queries.case_names import CaseNames, names_of
from huancheng.platform.casework.queries.contents import ContentsView, contents_of
from huancheng.platform.casework.queries.history import history, log_of
from huancheng.platform.casework.queries.offers import Offers, offers
from huancheng.platform.casework.queries.records import RecordView, records_of
from huancheng.platform.casework.queries.related import Met, preconditions_of, waiting_for
from huancheng.platform.casework.queries.rerouting import Rerouted, rerouted
from huancheng.platform.casework.queries.route_line import route_line
from huancheng.platform.casework.queries.state_words import StateWords, state_words
from huancheng.platform.casework.sections import Filled, sections_of
from huancheng.platform.common import clock
from huancheng.platform.common.look.records import Happening, Station


@dataclass(frozen=True, slots=True)
class CasePage:
    """The page of a case.

    Parameters
    ----------
    case, standing, names
        The case, where it stands, and its names.
    state
        The headline.
    stations
        The route.
    offers
        What the person may do.
    facts
        What the record says of itself.
    preconditions, waiting
        Cases and papers it rests on, and cases that rest on it.
    contents
        The instrument's parts.
    records
        Decisions entered by clerks.
    rerouted
        What a recognition did to the route, newest first.
    history
        The time line.
    sections
        Parts of the page that other parts of the app bring.
    """

    case: Case
    standing: CaseStanding
    names: CaseNames
    state: StateWords
    stations: Sequence[Station]
    offers: Offers
    facts: CaseFacts
    preconditions: Sequence[Met]
    waiting: Sequence[Case]
    contents: ContentsView | None
    records: Sequence[RecordView]
    rerouted: Sequence[Rerouted]
    history: Sequence[Happening]
    sections: dict[str, list[Filled]]


def case_page(case: Case, acting: Acting) -> CasePage:
    """Return the page of a case the person may see.

    Parameters
    ----------
    case
        Its row, with subject and opener.
    acting
        Who reads.
    """
    entries = log_of(case)
    standing = standing_of(case, entries)
    records = list(DecisionRecord.objects.filter(case=case).select_related("scan"))
    names = names_of(standing, entries, more_people=_people(case, records))
    today = clock.today()
    return CasePage(
        case=case,
        standing=standing,
        names=names,
        state=state_words(standing, today),
        stations=route_line(standing, today),
        offers=offers(acting, standing),
        facts=case_facts(standing, names),
        preconditions=preconditions_of(standing, acting),
        waiting=waiting_for(case, acting),
        contents=contents_of(standing, acting),
        records=records_of(records, standing, acting, entries, names),
        rerouted=rerouted(entries, names),
        history=history(case, entries, names),
        sections=sections_of(standing, acting),
    )


def _people(case: Case, records: Sequence[DecisionRecord]) -> set[int]:
    found = {case.initiator, *(record.entered_by_id for record in records)}
    found |= {record.checked_by_id for record in records}
    return {number for number in found if number is not None}


def entries_since(entries: Sequence[LogEntry], version: int) -> Sequence[LogEntry]:
    """Return the entries that changed a case after a version a person saw; remarks count for nothing."""
    counted = [entry for entry in entries if entry.code != "case.comment"]
    return counted[version:]
