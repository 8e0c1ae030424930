"""A new pack to begin with: a child that inherits a whole policy, or one written from nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from huancheng.policy.pack.fault import PackFault
from huancheng.policy.pack.loader import Pack

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")

_HEAD = """id: {name}
title: "{title}"
parent: {parent}
version: "1"
effective_from: {start}
language: zh-CN
number: ""
issuer: ""
note: ""
"""

_JURISDICTIONS = """# 本市辖区：上级包的辖区逐一撤下（withdraw），再写入自己的。
envelope: {{basis: seed, certainty: proposed}}
entries: []
changes: []
# - {{entry: {example}, kind: withdraw, reason: "不是本市辖区"}}
"""

_BODIES = """# 本市机构：改名用 override，新增写在 entries。
envelope: {basis: seed, certainty: proposed}
entries: []
changes: []
"""


def scaffold(name: str, parent: Pack, folder: Path, *, title: str, start: date, example: str) -> list[Path]:
    """Write the files of a new pack.

    Parameters
    ----------
    name
        Name of the pack and its folder.
    parent
        Pack it builds on.
    folder
        Folder of packs to write into.
    title
        Title readers see.
    start
        First day in force.
    example
        Id of one of the parent's jurisdictions, shown in a comment.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    PackFault
        If the name doesn't fit, or the folder exists.
    """
    if not _NAME.match(name):
        raise PackFault(f"{name!r} can't name a pack", key="name", cure="use small letters, digits and hyphens")
    target = folder / name
    if target.exists():
        raise PackFault("the folder exists already", file=str(target), cure="choose another name")
    target.mkdir(parents=True)
    contents = {
        "pack.yaml": _HEAD.format(name=name, title=title.replace('"', "'"), parent=parent.id, start=start.isoformat()),
        "jurisdictions.yaml": _JURISDICTIONS.format(example=example or "name"),
        "bodies.yaml": _BODIES,
    }
    for file, text in contents.items():
        (target / file).write_text(text, "utf-8")
    return [target / file for file in contents]
