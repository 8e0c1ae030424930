"""Figures of blocks and units by area share, with provenance, and three states where there is no figure."""

from huancheng.units.attributes.columns import BlockColumn, ColumnAccount, Knowledge
from huancheng.units.attributes.describe import Described, describe_blocks
from huancheng.units.attributes.tables import BlockTables, SourceLayer, tables_of_snapshot

__all__ = [
    "BlockColumn",
    "BlockTables",
    "ColumnAccount",
    "Described",
    "Knowledge",
    "SourceLayer",
    "describe_blocks",
    "tables_of_snapshot",
]
