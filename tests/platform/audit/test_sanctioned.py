"""The way past the triggers can't be reached by anyone who clicks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.db import connection

from huancheng.platform.audit import guards
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.sanctioned import log_opened
from huancheng.platform.common.request_number import numbered

MAY_OPEN = {"operations/backups/restoring.py"}
MAY_REMOVE = {"audit/sanctioned.py", "audit/guards.py"}


@pytest.mark.django_db
def test_it_stays_shut_while_a_request_is_answered():
    append("case:1", "case.decide", PROGRAM)
    with numbered(), pytest.raises(RuntimeError, match="from a request"), log_opened():
        Event.objects.all().delete()
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_what_fails_inside_is_undone_and_the_triggers_are_back():
    append("case:1", "case.decide", PROGRAM)
    with pytest.raises(ZeroDivisionError):
        delete_and_fail()
    assert Event.objects.count() == 1
    assert guards.missing(connection) == set()


def delete_and_fail():
    with log_opened():
        Event.objects.all()._raw_delete("default")
        _ = 1 / 0


def test_only_the_restore_opens_the_log(project_root):
    platform = project_root / "src" / "huancheng" / "platform"
    openers, removers = set(), set()
    for file in platform.rglob("*.py"):
        name = file.relative_to(platform).as_posix()
        used = names_in(file)
        if "log_opened" in used and name != "audit/sanctioned.py":
            openers.add(name)
        if "remove" in used and "guards" in used and "/migrations/" not in name:
            removers.add(name)
    assert openers <= MAY_OPEN
    assert removers <= MAY_REMOVE


def names_in(file: Path) -> set[str]:
    """Return every name, attribute and imported name of a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name.split(".")[-1])
    return found
