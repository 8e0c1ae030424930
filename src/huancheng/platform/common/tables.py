"""Lists of things: what stands in each column is said once, for the page, the sorting in the query and the workbook.

```python
class Cases(Table):
    name = "cases"
    columns = (
        Column("title", _("案件"), link=lambda case: case.get_absolute_url()),
        Column("due", _("办理期限"), kind="day", order="due_on"),
        Column("amount", _("金额"), kind="money", order="amount", total=Sum("amount")),
    )
    filters = (Filter("status", _("状态"), choices=STATUSES, lookup="status"),)

def cases(request):
    return Cases(request, visible(request.acting)).answer("casework/cases.html")
```

The template says `{% table table %}`. One query counts, one fetches a page, one sums where there are totals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huancheng.platform.common import xlsx
from huancheng.platform.common.look.words import day, moment, number, wan
from huancheng.platform.common.rows import ListRows, QueryRows, Rows

Words = str | Promise

NUMBERS = frozenset({"number", "money"})
MOST_ROWS = 100_000
"""Rows that a workbook gets at most."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Parameters
    ----------
    key
        Its name in addresses; also the attribute it shows, where `value` says nothing else (`body__name` goes deeper).
    title
        What stands above it.
    value
        What it holds, for the workbook and, where `cell` says nothing, for the page.
    cell
        How a page shows it, if not as its kind does; takes the row, returns text or safe markup.
    kind
        text, number, money (yuan, shown in 万元), day or moment.
    order
        Field or fields to order a query by (for a list: anything); not sortable where empty.
    total
        What stands below it: an aggregate for a query, a function like `sum` for a list.
    link
        Address of the row's record; the first column's link opens the record.
    shown
        Whether it is shown before somebody chooses columns.
    tone
        A class for the cell, as `late`; takes the row.
    places
        Digits behind the point of a number; as many as each has where nothing is said.
    """

    key: str
    title: Words
    value: Callable[[Any], Any] | None = None
    cell: Callable[[Any], Any] | None = None
    kind: str = "text"
    order: str | Sequence[str] = ()
    total: Aggregate | Callable[[Iterable[Any]], Any] | None = None
    link: Callable[[Any], str] | None = None
    shown: bool = True
    tone: Callable[[Any], str] | None = None
    places: int | None = None

    def of(self, row: Any) -> Any:
        """Return what the column holds for a row."""
        if self.value is not None:
            return self.value(row)
        for part in self.key.split("__"):
            row = row.get(part) if isinstance(row, Mapping) else getattr(row, part, None)
        return row

    def written(self, value: Any) -> str:
        """Return a value as its kind is written on pages."""
        if value is None or value == "":
            return "–"
        if self.kind == "number" and self.places is not None:
            return number(value, self.places)
        writers: dict[str, Callable[[Any], str]] = {"number": number, "money": wan, "day": day, "moment": moment}
        return writers.get(self.kind, str)(value)

    @property
    def fields(self) -> tuple[str, ...]:
        """What to order by."""
        return (self.order,) if isinstance(self.order, str) else tuple(self.order)

    @property
    def align(self) -> str:
        """The class of its cells."""
        return "number" if self.kind in NUMBERS else "nowrap" if self.kind in {"day", "moment"} else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to narrow a list.

    Parameters
    ----------
    key, title
        Its name in addresses, and what it is called.
    lookup
        The lookup its value goes into, as `status` or `title__icontains`.
    choices
        Value and words, or a function that returns them; a field to type in where there are none.
    narrow
        Returns the condition for a value, where a lookup does not do.
    keeps
        Whether it leaves a row, where the rows are a list; takes the row and the value.
    """

    key: str
    title: Words
    lookup: str = ""
    choices: Sequence[tuple[str, Words]] | Callable[[], Sequence[tuple[str, Words]]] = ()
    narrow: Callable[[str], Q] | None = None
    keeps: Callable[[Any, str], bool] | None = None

    @property
    def offered(self) -> list[tuple[str, Words]]:
        """What one may choose from."""
        return list(self.choices() if callable(self.choices) else self.choices)

    def condition(self, wanted: str) -> Q | None:
        """Return the condition for what was asked; None where it is none of the choices."""
        if self.choices and wanted not in {str(value) for value, _words in self.offered}:
            return None
        return self.narrow(wanted) if self.narrow else Q(**{self.lookup: wanted})

    def keeps_row(self, row: Any, wanted: str) -> bool:
        """Whether it leaves a row of a list."""
        return self.keeps is None or self.keeps(row, wanted)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head on a page: where a click on it leads, and how it is sorted now."""

    column: Column
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter on a page, with what was asked."""

    filter: Filter
    wanted: str
    offered: list[tuple[str, Words]] = field(default_factory=list)


class Table:
    """A list as a page, a part of a page, or a workbook."""

    name: ClassVar[str]
    """Its name: its id on the page, and under which chosen columns are remembered."""
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    default_order: ClassVar[Sequence[str]] = ("pk",)
    title: ClassVar[Words] = ""
    """What it lists: its caption for screen readers, its sheet and file in Excel."""
    nothing: ClassVar[Words] = ""
    """What would be here, and what to do next, where it is empty."""
    beside: ClassVar[bool] = False
    """Whether a row opens its record beside the list; its page then answers panels (`is_panel`)."""
    size: ClassVar[int] = 100
    sizes: ClassVar[Sequence[int]] = (100, 1000)
    selects: ClassVar[str] = ""
    """Name of the checkboxes that choose rows, for acts on many; none where empty."""

    def __init__(self, request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> None:
        """Keep a request and the rows that its person may see.

        Parameters
        ----------
        request
            Says by `sort`, `page`, `size` and the filters' keys what is wanted; what makes no sense is ignored.
        rows
            Everything in sight: a query, with what the columns show fetched (`select_related`), or a list.
        """
        self.request = request
        self.all_rows: Rows = QueryRows(rows) if isinstance(rows, QuerySet) else ListRows(rows)

    @cached_property
    def narrowings(self) -> list[Narrowing]:
        """The filters with what was asked of each."""
        return [
            Narrowing(item, self.request.GET.get(item.key, "").strip()[:100], item.offered) for item in self.filters
        ]

    @property
    def narrowed(self) -> bool:
        """Whether a filter is in use."""
        return any(item.wanted for item in self.narrowings)

    @cached_property
    def rows(self) -> Rows:
        """Everything that the filters leave, in the order asked for."""
        rows = self.all_rows
        for item in self.narrowings:
            if item.wanted:
                rows = rows.narrowed(item.filter, item.wanted)
        key, descending = self._sort
        column = next((item for item in self.columns if item.key == key and item.fields), None)
        return rows.ordered(column, descending=descending, otherwise=self.default_order)

    @property
    def _sort(self) -> tuple[str, bool]:
        asked = self.request.GET.get("sort", "")
        return asked.lstrip("-"), asked.startswith("-")

    @cached_property
    def page(self) -> Page[Any]:
        """The rows of the page asked for; the nearest there is."""
        asked = self.request.GET.get("size", "")
        size = int(asked) if asked.isdecimal() and int(asked) in self.sizes else self.size
        return Paginator(self.rows.pages(), size).get_page(self.request.GET.get("page"))

    @cached_property
    def chosen(self) -> list[Column]:
        """The columns shown: those chosen before, else those shown at first; the first always."""
        kept = self.request.COOKIES.get(f"columns_{self.name}", "").split(".")
        known = {column.key for column in self.columns}
        wanted = known & set(kept) or {column.key for column in self.columns if column.shown}
        return [column for index, column in enumerate(self.columns) if index == 0 or column.key in wanted]

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """All columns but the first, and whether each is shown."""
        shown = {column.key for column in self.chosen}
        return [(column, column.key in shown) for column in self.columns[1:]]

    @property
    def compact(self) -> bool:
        """Whether rows are 28 px high."""
        return self.request.COOKIES.get("table_rows") == "compact"

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns shown."""
        key, descending = self._sort
        heads = []
        for column in self.chosen:
            now = ("descending" if descending else "ascending") if column.key == key and column.fields else ""
            turned = f"-{column.key}" if now == "ascending" else column.key
            heads.append(Head(column, self.address(sort=turned, page=None) if column.fields else "", now))
        return heads

    def address(self, **changes: str | None) -> str:
        """Return this page's query with some of it changed; None takes a word away."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    @cached_property
    def sums(self) -> dict[str, Any]:
        """What stands below the columns that have a total, over all that the filters leave."""
        return self.rows.sums(self.columns)

    @property
    def totals(self) -> list[tuple[Column, str]]:
        """The last row: each column shown with its total, empty where it has none; nothing where none has."""
        if not self.sums:
            return []
        return [
            (column, column.written(self.sums[column.key]) if column.key in self.sums else "") for column in self.chosen
        ]

    @property
    def body(self) -> SafeString:
        """The rows of the page as markup; written at once, since a template takes ten times as long."""
        return format_html_join("\n", "{}", ((self.row(row),) for row in self.page.object_list))

    def row(self, row: Any) -> SafeString:
        """Return one row as markup."""
        cells = ((self._cell(row, column, first=not at),) for at, column in enumerate(self.chosen))
        return format_html("<tr>{}{}</tr>", self._box(row), format_html_join("", "{}", cells))

    def _box(self, row: Any) -> SafeString | str:
        if not self.selects:
            return ""
        return format_html(
            '<td class="select"><input type="checkbox" name="{}" value="{}" aria-label="{}"></td>',
            self.selects, row.pk, _("选择 %(what)s") % {"what": self.columns[0].of(row)},
        )  # fmt: skip

    def _cell(self, row: Any, column: Column, *, first: bool) -> SafeString:
        shown = column.cell(row) if column.cell else column.written(column.of(row))
        if column.link is not None:
            attribute = SafeString(" data-row") if first else ""
            shown = format_html('<a href="{}"{}>{}</a>', column.link(row), attribute, shown)
        kind = f"{column.align} {column.tone(row) if column.tone else ''}".strip()
        if first:
            return format_html('<th scope="row" class="{}">{}</th>', kind, shown)
        return format_html('<td class="{}">{}</td>', kind, shown)

    def workbook(self) -> HttpResponse:
        """Return everything that the filters leave, in the order asked for, as a workbook with every column."""
        title = str(self.title or self.name)
        rows = ([column.of(row) for column in self.columns] for row in self.rows.first(MOST_ROWS))
        total = [self.sums.get(column.key) for column in self.columns] if self.sums else []
        if total and total[0] is None:
            total[0] = _("合计")
        return xlsx.download(title, xlsx.workbook(title, [str(column.title) for column in self.columns], rows, total))

    def answer(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """Return the workbook, the list alone (asked for by htmx), or the page.

        Parameters
        ----------
        template
            The page's template; finds the table as `table`.
        context
            What else it needs.
        """
        if self.request.GET.get("format") == "xlsx":
            return self.workbook()
        if self.request.headers.get("HX-Target") == f"table-{self.name}":
            return render(self.request, "common/components/table.html", {"table": self})
        return render(self.request, template, {**(context or {}), "table": self})


def is_panel(request: HttpRequest) -> bool:
    """Whether a record is asked for beside its list: answer with a template that extends `common/panel.html`."""
    return request.headers.get("HX-Target") == "panel"
