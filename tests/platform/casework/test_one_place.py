"""State changes in one place: nobody but domain functions writes what a case is, who sees it or what waits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import huancheng.platform

ROOT = Path(huancheng.platform.__file__).parent
MODELS = {
    "Case",
    "CaseLink",
    "DecisionRecord",
    "Edition",
    "NumberSeries",
    "Part",
    "PersonSight",
    "Sight",
    "Subject",
    "Task",
}
RELATED = {"cases", "decision_records", "editions", "needed_by", "needs", "parts", "person_sights", "sights", "tasks"}
WRITES = {
    "abulk_create", "acreate", "adelete", "asave", "aupdate", "bulk_create", "bulk_update", "create", "delete",
    "get_or_create", "save", "update", "update_or_create",
}  # fmt: skip
KEEPERS = {
    "huancheng.platform.casework.domain.moving": {"apply", "record"},
    "huancheng.platform.casework.domain.projecting": {"project"},
}
"""Functions that trust their caller to have locked and demanded; only domain modules may import them."""


def outside_the_domain() -> list[Path]:
    """Return every module that is part of no domain and no migration."""
    return [file for file in sorted(ROOT.rglob("*.py")) if not {"domain", "migrations"} & set(file.parts)]


def names_in(node: ast.AST) -> set[str]:
    """Return the names along a chain of attributes and calls."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
    return found


def writes(tree: ast.AST) -> Iterator[int]:
    """Yield the lines where one of the tables of cases is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            chain = names_in(node.func.value)
            if (chain & MODELS and "objects" in chain) or (chain & RELATED and "case" in chain):
                yield node.lineno


@pytest.mark.parametrize("file", outside_the_domain(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_other_module_writes_tables_of_cases_or_calls_what_trusts_its_caller(file):
    tree = ast.parse(file.read_text("utf-8"))
    assert list(writes(tree)) == []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in KEEPERS:
            assert not KEEPERS[node.module] & {name.name for name in node.names}, f"{file} imports from {node.module}"


def test_pages_and_forms_of_cases_save_nothing_themselves():
    for folder in ("views", "queries", "forms"):
        for file in (ROOT / "casework" / folder).rglob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            calls = [
                node.lineno
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"save", "delete"}
            ]
            assert calls == [], f"{file} saves or deletes in lines {calls}"


def test_the_check_sees_what_it_looks_for():
    bad = "Case.objects.filter(pk=1).update(status='finished')\ncase.tasks.all().delete()\nTask.objects.create()\n"
    assert list(writes(ast.parse(bad))) == [1, 2, 3]
    good = "Case.objects.filter(pk=1)\n{}.update(a=1)\nform.cleaned_data.update(x=1)\n"
    assert list(writes(ast.parse(good))) == []


def test_no_admin_site_opens_a_back_door():
    from django.conf import settings

    assert "django.contrib.admin" not in settings.INSTALLED_APPS
