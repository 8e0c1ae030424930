"""What changed between two packs, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huancheng.policy.book import PolicyBook
from huancheng.policy.pack.collection import Collection

_KINDS = {
    "clauses": "条款",
    "law": "法规",
    "bodies": "机构",
    "roles": "机构角色",
    "jurisdictions": "辖区",
    "instruments": "文书",
    "facts": "事实",
    "tables": "判定表",
    "routes": "路线",
    "calendar": "工作日历",
    "parameters": "参数",
    "finance": "资金起始值",
    "standards": "设施标准",
    "unit_rules": "划定规则",
}
_PARTS = {
    "rows": "行",
    "steps": "步骤",
    "requirements": "要求",
    "provisions": "条文",
    "preconditions": "前置条件",
    "rules": "规则",
}
_KEYS = {
    "body": "主体",
    "gate": "关口",
    "days": "时限",
    "kind": "种类",
    "basis": "依据性质",
    "certainty": "确信度",
    "cites": "引用",
    "when": "条件",
    "text": "内容",
    "outcome": "结论",
    "actor": "责任主体",
    "title": "名称",
    "effective_from": "生效日",
    "effective_to": "失效日",
    "central": "中心城区",
    "optional": "可选",
    "note": "说明",
    "documents": "材料",
    "bound": "允许的处置",
    "hit": "命中规则",
    "inputs": "输入",
    "level": "层级",
    "order": "次序",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Parameters
    ----------
    kind
        Kind of entry.
    entry
        Entry, or entry and part.
    act
        `added`, `removed` or `changed`.
    key
        Key changed.
    before, after
        Its values.
    """

    kind: str
    entry: str
    act: str
    key: str = ""
    before: Any = None
    after: Any = None

    @property
    def words(self) -> str:
        """The difference in an officer's words."""
        place = f"{_KINDS[self.kind]} {self.entry}"
        if self.act == "added":
            return f"新增{place}：{_say(self.after)}"
        if self.act == "removed":
            return f"删去{place}：{_say(self.before)}"
        return f"{place} 的{_KEYS.get(self.key, self.key)}由 {_say(self.before)} 改为 {_say(self.after)}"

    def as_dict(self) -> dict[str, Any]:
        """Return the parts for `--json`."""
        return {
            "kind": self.kind,
            "entry": self.entry,
            "act": self.act,
            "key": self.key,
            "before": self.before,
            "after": self.after,
            "words": self.words,
        }


def _say(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_say(item) for item in value)
    if isinstance(value, dict):
        return "，".join(f"{key}={_say(item)}" for key, item in value.items())
    return str(value)


def diff_books(before: PolicyBook, after: PolicyBook) -> list[Difference]:
    """Return all differences between two packs, kind by kind, entry by entry, part by part."""
    found: list[Difference] = []
    for old, new in zip(before.collections, after.collections, strict=True):
        found += _diff_collections(old, new)
    return found


def _diff_collections(old: Collection[Any], new: Collection[Any]) -> list[Difference]:
    found: list[Difference] = []
    for name in dict.fromkeys([*old.entries, *new.entries]):
        if name not in new:
            found.append(Difference(old.kind, name, "removed", before=_name(old[name])))
        elif name not in old:
            found.append(Difference(old.kind, name, "added", after=_name(new[name])))
        else:
            found += _diff_mappings(
                old.kind, name, old[name].model_dump(mode="json"), new[name].model_dump(mode="json")
            )
    return found


def _name(entry: Any) -> str:
    return str(getattr(entry, "title", "") or getattr(entry, "heading", "") or entry.id)


def _diff_mappings(kind: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    for key in dict.fromkeys([*old, *new]):
        a, b = old.get(key), new.get(key)
        if a == b:
            continue
        if key in _PARTS and isinstance(a, list) and isinstance(b, list):
            found += _diff_parts(kind, name, a, b)
        else:
            found.append(Difference(kind, name, "changed", key, a, b))
    return found


def _diff_parts(kind: str, name: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Difference]:
    before = {str(part["id"]): part for part in old}
    after = {str(part["id"]): part for part in new}
    found: list[Difference] = []
    for part in dict.fromkeys([*before, *after]):
        label = f"{name}/{part}"
        if part not in after:
            found.append(Difference(kind, label, "removed", before=_part_name(before[part])))
        elif part not in before:
            found.append(Difference(kind, label, "added", after=_part_name(after[part])))
        else:
            found += _diff_mappings(kind, label, before[part], after[part])
    kept = [part for part in before if part in after]
    if kept != [part for part in after if part in before]:
        found.append(Difference(kind, name, "changed", "order", kept, [part for part in after if part in before]))
    return found


def _part_name(part: dict[str, Any]) -> str:
    named = part.get("text") or part.get("says") or part.get("title")
    return str(named or f"{part.get('kind', '')} {part.get('body', '')}".strip())
