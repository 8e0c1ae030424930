"""Whether the database has the tables of this version."""

from __future__ import annotations

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from huancheng.evidence import InputFault


def missing_migrations() -> list[str]:
    """Return the migrations that this version has and the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date() -> None:
    """Make the tables of an empty database; say what to do where an older version's tables are there.

    Raises
    ------
    InputFault
        If the database can't be reached, or holds the tables of another version.
    """
    try:
        if not connection.introspection.table_names():
            call_command("migrate", verbosity=0, interactive=False)
        missing = missing_migrations()
    except DatabaseError as error:
        raise InputFault(
            f"the database can't be used: {str(error).strip().splitlines()[0]}", cure="start it, or mend its address"
        ) from error
    if missing:
        raise InputFault(
            f"the database lacks {len(missing)} changes of this version ({missing[0]} …)",
            cure="make a backup (huancheng backup), then run: huancheng manage migrate",
        )
