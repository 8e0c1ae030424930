"""Setting what is there aside before a restore, and putting it back if the restore fails. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from huancheng.platform.common import clock
from huancheng.platform.operations.backups.writing import SECRETS, folders

SIDES = ("", "-wal", "-shm")
"""Endings of the files an SQLite database is made of."""


def is_empty() -> bool:
    """Whether there is neither a table nor a file."""
    return not connection.introspection.table_names() and not any(
        folder.is_dir() and any(folder.iterdir()) for folder in folders().values()
    )


@contextmanager
def set_aside(home: Path) -> Iterator[list[str]]:
    """Set database and files aside; gives where they went. If the restore fails they come back.

    Parameters
    ----------
    home
        Home folder.
    """
    mark = f"before-{clock.now():%Y%m%d-%H%M%S}"
    vacant = is_empty()
    moved = [] if vacant else _move_away([*folders().values(), home / SECRETS], mark)
    schema = "" if vacant else _database_away(mark, moved)
    try:
        yield [str(target) for _, target in moved] + ([f"schema {schema}"] if schema else [])
    except BaseException:
        _clear_database(schema)
        if vacant:
            _move_away([*folders().values()], mark.replace("before", "failed"))
        for source, target in reversed(moved):
            _put_back(source, target)
        raise


def _move_away(places: list[Path], mark: str) -> list[tuple[Path, Path]]:
    moved = []
    for place in places:
        if place.exists():
            target = place.with_name(f"{place.name}.{mark}")
            place.rename(target)
            moved.append((place, target))
    return moved


def _put_back(source: Path, target: Path) -> None:
    if source.exists():
        source.rename(source.with_name(f"{source.name}.failed-{clock.now():%Y%m%d-%H%M%S}"))
    target.rename(source)


def _database_away(mark: str, moved: list[tuple[Path, Path]]) -> str:
    """Set the database aside: a file under another name, or a schema, whose name is returned."""
    if connection.vendor == "postgresql":
        schema = mark.replace("-", "_")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SCHEMA public RENAME TO {schema}")
            cursor.execute("CREATE SCHEMA public")
        return schema
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    moved += _move_away([Path(f"{connection.settings_dict['NAME']}{side}") for side in SIDES], mark)
    return ""


def _clear_database(schema: str) -> None:
    """Remove a database that was half restored; let the one from before take its place."""
    connection.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {schema} RENAME TO public" if schema else "CREATE SCHEMA public")
        return
    for side in SIDES:
        Path(f"{connection.settings_dict['NAME']}{side}").unlink(missing_ok=True)
