"""Every variable that the platform reads stands in the administrator's page, with its default; and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

READERS = {"text", "flag", "number", "words", "choice", "secret"}
OF_OTHERS = {"HUANCHENG_PACKS"}
"""Read by the policy room."""


def read_by(file: Path) -> set[str]:
    """Return the names that a module reads through `config.environment`."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in READERS and file.name in {"settings.py", "environment.py"}:
            word = node.args[1 if name == "secret" else 0]
            if isinstance(word, ast.Constant):
                found.add(f"HUANCHENG_{word.value}")
    return found


def test_every_variable_is_documented_and_no_other(project_root):
    config = project_root / "src" / "huancheng" / "platform" / "config"
    read = read_by(config / "settings.py") | read_by(config / "environment.py")
    page = (project_root / "docs" / "administrator" / "settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(HUANCHENG_\w+)` \|", page, flags=re.MULTILINE))
    assert len(read) > 30
    assert documented - OF_OTHERS == read


def test_nothing_else_of_the_platform_reads_the_environment(project_root):
    platform = project_root / "src" / "huancheng" / "platform"
    readers = {
        file.relative_to(platform).as_posix()
        for file in platform.rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO)|os\.getenv", file.read_text("utf-8"))
    }
    assert readers == {"config/environment.py"}
