"""A tiny pack for tests of the engine itself."""

from __future__ import annotations

from pathlib import Path

from huancheng.policy.book import PolicyBook, load_book

_PACK = """id: toy
title: 玩具包
version: "1"
effective_from: 2024-01-01
"""

_LAW = """envelope: {basis: law, certainty: read}
entries:
- {id: law, title: 某法, tier: nation, provisions: [{id: "1", article: 第一条, says: 某事}]}
"""

_FACTS = """envelope: {basis: default, certainty: implied}
entries:
- {id: a, title: 甲, kind: boolean}
- {id: b, title: 乙, kind: boolean}
- {id: c, title: 丙, kind: choice, domain: [红, 黄, 绿]}
- {id: m, title: 数, kind: number, minimum: 0, maximum: 10, unit: 米}
- {id: i, title: 整数, kind: integer, minimum: 0, maximum: 5}
- {id: t, title: 文, kind: text}
- {id: s, title: 集, kind: choices, domain: [东, 西, 南]}
- {id: act, title: 行为, kind: act}
- {id: p, title: 分子, kind: number, may_not_apply: true}
- {id: q, title: 分母, kind: number}
- {id: r, title: 比, kind: number, may_not_apply: true, ratio: {numerator: [p], denominator: [q]}}
- {id: both, title: 甲且乙, kind: boolean, when: {a: true, b: true}}
"""

_BODIES = """envelope: {basis: law, certainty: implied}
entries:
- {id: office, title: 办公室, level: city}
"""


def write_toy(folder: Path, **files: str) -> Path:
    """Write the toy pack; `files` replaces or adds files by name without `.yaml`."""
    target = folder / "toy"
    target.mkdir(parents=True, exist_ok=True)
    contents = {"pack": _PACK, "law": _LAW, "facts": _FACTS, "bodies": _BODIES, **files}
    for name, text in contents.items():
        (target / f"{name}.yaml").write_text(text, "utf-8")
    return target


def table_text(hit: str, inputs: str, *rows: str, extra: str = "") -> str:
    """Return `tables.yaml` with one table `t1`."""
    lines = "\n".join(f"  - {{{row}, text: 结论, cites: [law/1]}}" for row in rows)
    return f"""envelope: {{basis: law, certainty: read}}
entries:
- id: t1
  title: 表一
  hit: {hit}
  inputs: [{inputs}]
  competent: office
{extra}  rows:
{lines}
"""


def toy_book(folder: Path, hit: str, inputs: str, *rows: str, extra: str = "") -> PolicyBook:
    """Return a book with one table."""
    return load_book(write_toy(folder, tables=table_text(hit, inputs, *rows, extra=extra)), root=folder)
