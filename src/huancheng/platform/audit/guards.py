"""Triggers with which the database itself refuses to change or delete what is in the log.

They stand against a slip in our own code, a bulk tool and a careless hand at the database's prompt. Whoever owns the
database can drop them; that is what the chain and the anchors show.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the log is append-only"

EVENT, ANCHOR, WORDS = "audit_event", "audit_anchor", "audit_words"

Trigger = tuple[str, str, str]
"""Table, what it stands before, and the condition under which it refuses."""

ERASED = "NEW.text <> '' OR NEW.salt <> '' OR NEW.erased_at IS NULL OR NEW.event_id <> OLD.event_id"
"""Words may be changed into their erased form and no other."""

SQLITE: dict[str, Trigger] = {
    "audit_event_no_update": (EVENT, "UPDATE", ""),
    "audit_event_no_delete": (EVENT, "DELETE", ""),
    # INSERT OR REPLACE deletes without asking the trigger above.
    "audit_event_no_replace": (
        EVENT,
        "INSERT",
        "EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR (stream = NEW.stream AND sequence = NEW.sequence))",
    ),
    "audit_anchor_no_update": (ANCHOR, "UPDATE", ""),
    "audit_anchor_no_delete": (ANCHOR, "DELETE", ""),
    "audit_anchor_no_replace": (
        ANCHOR,
        "INSERT",
        "EXISTS (SELECT 1 FROM audit_anchor WHERE id = NEW.id OR number = NEW.number)",
    ),
    "audit_words_erase_only": (WORDS, "UPDATE", ERASED),
    "audit_words_no_delete": (WORDS, "DELETE", ""),
    "audit_words_no_replace": (
        WORDS,
        "INSERT",
        "EXISTS (SELECT 1 FROM audit_words WHERE event_id = NEW.event_id)",
    ),
}

POSTGRESQL: dict[str, Trigger] = {
    "audit_event_no_change": (EVENT, "UPDATE OR DELETE", ""),
    "audit_event_no_truncate": (EVENT, "TRUNCATE", ""),
    "audit_anchor_no_change": (ANCHOR, "UPDATE OR DELETE", ""),
    "audit_anchor_no_truncate": (ANCHOR, "TRUNCATE", ""),
    "audit_words_erase_only": (WORDS, "UPDATE", ERASED),
    "audit_words_no_delete": (WORDS, "DELETE", ""),
    "audit_words_no_truncate": (WORDS, "TRUNCATE", ""),
}

FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place that is not there."""
    there = installed(connection)
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(FUNCTION)
        for name, (table, act, condition) in wanted(connection).items():
            if name in there:
                continue
            head = f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
            if connection.vendor == "sqlite":
                when = f" WHEN {condition}" if condition else ""
                cursor.execute(f"{head}{when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
            else:
                each = "STATEMENT" if act == "TRUNCATE" else "ROW"
                when = f" WHEN ({condition})" if condition else ""
                cursor.execute(f"{head} FOR EACH {each}{when} EXECUTE FUNCTION audit_refuse()")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away; only for `sanctioned.log_opened` and for undoing the migration."""
    with connection.cursor() as cursor:
        for name, (table, _, _) in wanted(connection).items():
            place = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")


def wanted(connection: BaseDatabaseWrapper) -> dict[str, Trigger]:
    """Return the triggers that should be there, by name."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of our triggers that are there and switched on."""
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        " AND pg_table_is_visible(tgrelid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()} & set(wanted(connection))


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of our triggers that are not there, or switched off."""
    return set(wanted(connection)) - installed(connection)
