"""What an entry says was before and is after, laid side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TITLES = {
    "status": _("状态"),
    "step": _("环节"),
    "day": _("日期"),
    "passed": _("是否通过"),
    "paper": _("文号"),
    "to": _("去向"),
    "kind": _("事件"),
    "facts": _("事实"),
    "route": _("路线"),
    "role": _("岗位"),
    "jurisdiction": _("属地"),
    "pack": _("政策包"),
    "vote": _("表决"),
    "entered_on": _("登记日期"),
    "rows": _("行数"),
    "filters": _("筛选条件"),
    "texts": _("文字条数"),
}
"""Words for what entries often hold; others show under their own name."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing an entry says.

    Parameters
    ----------
    name
        What it is, as it stands in the log.
    title
        What it is, in words; empty where the whole entry is about one thing.
    before
        What it was; None where the entry only states something.
    after
        What it is now, or what is stated.
    """

    name: str
    title: str
    before: str | None
    after: str

    def __str__(self) -> str:
        said = self.after if self.before is None else f"{self.before or '–'} → {self.after or '–'}"
        return f"{self.title} {said}".strip()


def differences_of(data: Mapping[str, Any]) -> list[Difference]:
    """Return what an entry says: what changed first, then what it states."""
    changed: list[Difference] = []
    stated: list[Difference] = []
    for difference in _all(data):
        (stated if difference.before is None else changed).append(difference)
    return [*changed, *stated]


def _all(data: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = data.get("before"), data.get("after")
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                yield Difference(name, _title(name), _text(before.get(name)), _text(after.get(name)))
    elif "before" in data or "after" in data:
        yield Difference("", "", _text(before), _text(after))
    for name, value in data.items():
        if name in {"before", "after"} or value in (None, "", [], {}):
            continue
        if name == "status" and isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - before and after
            if value[0] != value[1]:
                yield Difference(name, _title(name), _text(value[0]), _text(value[1]))
        elif name == "event" and isinstance(value, Mapping):
            yield from (Difference(inner, _title(inner), None, _text(said)) for inner, said in value.items())
        else:
            yield Difference(name, _title(name), None, _text(value))


def _title(name: str) -> str:
    return str(TITLES.get(name, name))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
