"""The rows behind a table: a query, which the database narrows, orders and sums; or a list that is already here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Aggregate, QuerySet

if TYPE_CHECKING:
    from huancheng.platform.common.tables import Column, Filter


class Rows(Protocol):
    """What a table asks of its rows; each answer is new rows, the old ones stay."""

    def narrowed(self, item: Filter, wanted: str) -> Rows:
        """Return those that a filter leaves."""
        ...

    def ordered(self, column: Column | None, *, descending: bool, otherwise: Sequence[str]) -> Rows:
        """Return them in the order of a column, or in the given one."""
        ...

    def sums(self, columns: Iterable[Column]) -> dict[str, Any]:
        """Return what stands below each column that has a total."""
        ...

    def pages(self) -> Any:
        """Return what a paginator cuts."""
        ...

    def first(self, most: int) -> Iterator[Any]:
        """Yield at most so many."""
        ...


class QueryRows:
    """Rows of a query."""

    def __init__(self, query: QuerySet[Any]) -> None:
        self.query = query

    def narrowed(self, item: Filter, wanted: str) -> QueryRows:
        """Return those that a filter leaves; all where it is asked for what it does not offer."""
        condition = item.condition(wanted)
        return self if condition is None else QueryRows(self.query.filter(condition))

    def ordered(self, column: Column | None, *, descending: bool, otherwise: Sequence[str]) -> QueryRows:
        """Return them ordered; the key comes last, so that no two pages show the same row."""
        names = [turned(name) if descending else name for name in column.fields] if column else list(otherwise)
        known = {name.lstrip("-") for name in names}
        return QueryRows(self.query.order_by(*names, *([] if "pk" in known else ["pk"])))

    def sums(self, columns: Iterable[Column]) -> dict[str, Any]:
        """Return what stands below the columns, in one query."""
        wanted = {column.key: column.total for column in columns if isinstance(column.total, Aggregate)}
        return self.query.order_by().aggregate(**wanted) if wanted else {}

    def pages(self) -> QuerySet[Any]:
        """Return the query."""
        return self.query

    def first(self, most: int) -> Iterator[Any]:
        """Yield rows without keeping them all."""
        return self.query[:most].iterator(2000)


class ListRows:
    """Rows that are already here."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows

    def narrowed(self, item: Filter, wanted: str) -> ListRows:
        """Return those that a filter leaves; all where it is asked for what it does not offer."""
        if item.choices and wanted not in {str(value) for value, _words in item.offered}:
            return self
        return ListRows([row for row in self.rows if item.keeps_row(row, wanted)])

    def ordered(self, column: Column | None, *, descending: bool, otherwise: Sequence[str]) -> ListRows:  # noqa: ARG002 - a list comes in its own order
        """Return them ordered, those without a value last; in the order they came where no column is asked for."""
        if column is None:
            return self
        known = [row for row in self.rows if not missing(column.of(row))]
        unknown = [row for row in self.rows if missing(column.of(row))]
        return ListRows([*sorted(known, key=column.of, reverse=descending), *unknown])

    def sums(self, columns: Iterable[Column]) -> dict[str, Any]:
        """Return what stands below the columns."""
        found: dict[str, Any] = {}
        for column in columns:
            if column.total is not None and not isinstance(column.total, Aggregate):
                found[column.key] = column.total([value for row in self.rows if (value := column.of(row)) is not None])
        return found

    def pages(self) -> Sequence[Any]:
        """Return the list."""
        return self.rows

    def first(self, most: int) -> Iterator[Any]:
        """Yield at most so many."""
        return iter(self.rows[:most])


def turned(name: str) -> str:
    """Return an ordering the other way round."""
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def missing(value: object) -> bool:
    """Whether a value says nothing."""
    return value is None or value == ""
