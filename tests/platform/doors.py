"""The table of every page and who may open it: each app lists its doors, one test walks through all of them.

An app puts `DOORS` (and, where its pages need objects, `furnish(world)`) into `tests/platform/<app>/doors.py`.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

POSTURES = {
    "county compiler": ("临河县指定的编制部门", "compiler"),
    "county approver": ("临河县人民政府", "approver"),
    "county clerk": ("临河县城市更新工作专班", "clerk"),
    "other county": ("平野县指定的编制部门", "compiler"),
    "officer": ("市专班办公室", "officer"),
    "office clerk": ("市专班办公室", "clerk"),
    "auditor": ("市专班办公室", "auditor"),
    "administrator": ("市专班办公室", "administrator"),
    "expert": ("市城市更新专家委员会", "expert"),
    "entity staff": ("实施主体", "entity_staff"),
}
"""Who knocks: name → body and role. `elevated administrator` (a timed session is open) and `visitor` come on top."""

EVERYONE = frozenset({*POSTURES, "elevated administrator"})
"""Everybody who is signed in."""

SEE_CASE = frozenset({"county compiler", "county approver", "county clerk", "officer", "auditor"})
"""Those who may see the world's case: the bodies it has reached, and the roles that see all."""


@dataclass(frozen=True)
class Door:
    """One page.

    Parameters
    ----------
    name
        Name of its URL.
    opens
        Postures that may open it.
    args
        Names of the world's objects whose ids (or plain values) stand in the URL.
    refusal
        Status for those signed in who may not: 404 where even its being there is a secret, else 403.
    visitors
        `sign-in` (sent to sign in), `open`, or `404`/`401`/`403` as a number.
    see_only
        Postures that see what it is about and may not do it: they are told so with 403.
    method
        `get` or `post`; a post is sent without data, so those who may get 200, 302, 400, 409 or 422.
    """

    name: str
    opens: frozenset[str]
    args: tuple[str, ...] = ()
    refusal: int = 404
    visitors: str | int = "sign-in"
    method: str = "get"
    see_only: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.name}-{self.method}"


@dataclass
class World:
    """Named objects that pages need; a function stands for one that is made when a page first asks for it."""

    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return an object's id, or a plain value."""
        if isinstance(self.things[name], FunctionType):
            self.things[name] = self.things[name]()
        thing = self.things[name]
        return getattr(thing, "pk", thing)


def tables() -> list[ModuleType]:
    """Return every app's module of doors."""
    modules = []
    for file in sorted(Path(__file__).parent.glob("*/doors.py")):
        spec = importlib.util.spec_from_file_location(f"doors_of_{file.parent.name}", file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        modules.append(module)
    return modules


def parts() -> frozenset[str]:
    """Return the names of the folders that hold a table."""
    return frozenset(file.parent.name for file in Path(__file__).parent.glob("*/doors.py"))


def doors_of(names: frozenset[str]) -> list[Door]:
    """Return the doors of some folders."""
    return [door for module in tables() if module.__name__.removeprefix("doors_of_") in names for door in module.DOORS]


def all_doors() -> list[Door]:
    """Return the doors of all apps."""
    return [door for module in tables() for door in module.DOORS]
