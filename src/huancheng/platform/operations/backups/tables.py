"""Rows of the database as lines of JSON, the same whatever engine they come from or go to."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models

LEFT_OUT = frozenset({"sessions.session"})
"""Models whose rows are not kept: after a restore everyone signs in anew."""

CHUNK = 500
ORDER = "pk"


def kept_models(registry: Apps) -> dict[str, type[models.Model]]:
    """Return every model whose rows a backup keeps, by label, with the tables between two models."""
    return {
        model._meta.label_lower: model  # noqa: SLF001 - Django's documented way to ask a model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT  # noqa: SLF001
    }


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the fields that stand in a model's own table."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]  # noqa: SLF001


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """Return a table's rows as lines: first the names of the columns, then one list for each row."""
    names = [field.attname for field in fields_of(model)]
    yield _line(names)
    for row in model._base_manager.order_by(ORDER).values_list(*names).iterator(CHUNK):  # noqa: SLF001 - all rows
        yield _line(row)


def _line(values: Iterable[Any]) -> bytes:
    # Sorted, because PostgreSQL keeps the keys of JSON in an order of its own: equal rows are equal lines.
    text = json.dumps(list(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return (text + "\n").encode()


def _plain(value: Any) -> str:
    """Return a value as the text from which its field makes it again; to the microsecond, as the log's digests need."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"a backup can't hold a {type(value).__name__}")


def load_lines(model: type[models.Model], lines: Iterator[bytes]) -> int:
    """Put rows into a table exactly as they were, numbers and moments included; returns how many."""
    names: list[str] = json.loads(next(lines))
    fields = {field.attname: field for field in fields_of(model)}
    columns = [fields[name] for name in names]
    count = 0
    size = max(1, min(CHUNK, connection.ops.bulk_batch_size(columns, [None] * CHUNK)))
    while batch := list(islice(lines, size)):
        rows = [_row(model, columns, json.loads(line)) for line in batch]
        # raw: fields that set themselves on saving, as the moment of creation, must keep what they held.
        model._base_manager._insert(rows, fields=columns, using=connection.alias, raw=True)  # type: ignore[attr-defined]  # noqa: SLF001
        count += len(rows)
    return count


def _row(model: type[models.Model], columns: list[models.Field[Any, Any]], values: list[Any]) -> models.Model:
    row = model()
    for field, value in zip(columns, values, strict=True):
        setattr(row, field.attname, value if value is None else _made(field, value))
    return row


def _made(field: models.Field[Any, Any], value: Any) -> Any:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def empty(loaded: Iterable[type[models.Model]]) -> None:
    """Delete the rows that the migrations themselves made, so that what was kept takes their place."""
    with connection.cursor() as cursor:
        for model in loaded:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608, SLF001 - a table's own name


def count_after(loaded: Iterable[type[models.Model]]) -> None:
    """Let each table's numbers go on after the highest that is in it."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(loaded)):
            cursor.execute(statement)
