"""Tables of the one map."""

from huancheng.platform.atlas.models.place import Place
from huancheng.platform.atlas.models.snapshot import SnapshotRecord

__all__ = ["Place", "SnapshotRecord"]
