"""Workbooks of back-entry as pages show them: whose, how far, what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.back_entry_layout import Column, columns_of
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import BackEntryImport, BackEntryRow
from huancheng.platform.casework.queries.waiting import sees_every_case
from huancheng.platform.casework.queries.words import instrument_word

Status = BackEntryRow.Status


def may_back_enter(acting: Acting | None) -> bool:
    """Whether a person's role enters what happened before."""
    return acting is not None and acting.role in current_book().posts.act("back_enter").roles


def imports_seen(acting: Acting) -> QuerySet[BackEntryImport]:
    """Return the workbooks a person may see: their body's, or all where the role sees all."""
    if not may_back_enter(acting):
        return BackEntryImport.objects.none()
    found = BackEntryImport.objects.select_related("person", "body")
    return found if sees_every_case(acting) else found.filter(body=acting.body)


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of a workbook: in = ready + faulty + entered + left out.

    Parameters
    ----------
    ready, faulty, taken, refused
        Rows by what became of them.
    """

    ready: int
    faulty: int
    taken: int
    refused: int

    @property
    def total(self) -> int:
        """Rows in."""
        return self.ready + self.faulty + self.taken + self.refused


def tallies(sources: list[BackEntryImport]) -> dict[int, Tally]:
    """Return the rows of several workbooks, counted in one query."""
    counted: dict[int, dict[str, int]] = {source.pk: {} for source in sources}
    groups = BackEntryRow.objects.filter(source__in=sources).order_by().values_list("source", "status")
    for source, status, number in groups.annotate(number=Count("pk")):
        counted[source][status] = number
    return {
        source: Tally(
            *(found.get(item.value, 0) for item in (Status.READY, Status.FAULTY, Status.TAKEN, Status.REFUSED))
        )
        for source, found in counted.items()
    }


@dataclass(frozen=True, slots=True)
class ShownFault:
    """Something wrong with a row.

    Parameters
    ----------
    column
        Head of the column; empty for the row as a whole.
    message, cure
        What is wrong, and what to do.
    """

    column: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it."""

    row: BackEntryRow
    faults: list[ShownFault]

    @property
    def name(self) -> str:
        """What it is about."""
        return str(self.row.values.get("title", ""))

    @property
    def key(self) -> str:
        """Number of what it is about."""
        return str(self.row.values.get("key", ""))

    @property
    def jurisdiction(self) -> str:
        """Jurisdiction as it was written."""
        return str(self.row.values.get("jurisdiction", ""))


def rows_shown(source: BackEntryImport, rows: list[BackEntryRow]) -> list[ShownRow]:
    """Return rows with the heads of the columns that are wrong."""
    heads = {column.key: column.title for column in columns_here(source)}
    return [
        ShownRow(row, [ShownFault(heads.get(item["column"], ""), item["message"], item["cure"]) for item in row.faults])
        for row in rows
    ]


def columns_here(source: BackEntryImport) -> tuple[Column, ...]:
    """Return the columns of a workbook."""
    return columns_of(current_book(), source.instrument)


def instruments_offered() -> list[tuple[str, str]]:
    """Return the instruments of the pack by id and name."""
    return [(item.id, instrument_word(item.id)) for item in current_book().instruments]
