"""City snapshots: immutable, hashed folders of GeoParquet layers with a manifest."""

from huancheng.city.snapshot.manifest import ColumnRecord, LayerRecord, Manifest, RasterRecord, SourceRecord
from huancheng.city.snapshot.read import Snapshot, SnapshotError
from huancheng.city.snapshot.repairs import Outcome, Repair
from huancheng.city.snapshot.write import LayerTable, RasterTable, write_snapshot

__all__ = [
    "ColumnRecord",
    "LayerRecord",
    "LayerTable",
    "Manifest",
    "Outcome",
    "RasterRecord",
    "RasterTable",
    "Repair",
    "Snapshot",
    "SnapshotError",
    "SourceRecord",
    "write_snapshot",
]
