"""The layer tree: what can be shown, in which group, of which class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict

from huancheng.city.schema import AccessClass, layer_schemas
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.rules import may_see
from huancheng.platform.audit.acting import Acting


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    layers: dict[str, bool]
    """Layers of the snapshot, and whether they are shown when the map opens."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One layer of the tree.

    Parameters
    ----------
    layer
        Name of the layer.
    title
        Its words.
    access
        Its access class.
    shown
        Whether it is shown when the map opens.
    offered
        Whether the person may have it on the map.
    count
        Rows it has.
    """

    layer: str
    title: str
    access: AccessClass
    shown: bool
    offered: bool
    count: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of layers."""

    title: str
    leaves: list[Leaf]


@cache
def _groups() -> tuple[_Group, ...]:
    text = resources.files("huancheng.platform.atlas").joinpath("tree.yaml").read_text("utf-8")
    return tuple(_Group.model_validate(entry) for entry in yaml.safe_load(text)["groups"])


def layer_tree(record: SnapshotRecord, acting: Acting | None) -> list[Branch]:
    """Return the layers a snapshot has, grouped. Those of a class the person may not see are named, not offered."""
    seen = {access: may_see(acting, access) for access in AccessClass}
    branches = []
    for group in _groups():
        leaves = [_leaf(name, record, shown=shown, seen=seen) for name, shown in group.layers.items()]
        if present := [leaf for leaf in leaves if leaf is not None]:
            branches.append(Branch(gettext(group.title), present))
    return branches


def _leaf(name: str, record: SnapshotRecord, *, shown: bool, seen: dict[AccessClass, bool]) -> Leaf | None:
    held = record.layers.get(name)
    if held is None or held["count"] == 0:
        return None
    schema = layer_schemas()[name]
    access = AccessClass(held["access"])
    offered = seen[access]
    return Leaf(name, gettext(schema.title), access, shown and offered, offered, held["count"])
