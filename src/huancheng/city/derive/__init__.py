"""Layers and columns derived from others: blocks, estates, floors, floor area, population."""

from huancheng.city.derive.block_options import BlockOptions
from huancheng.city.derive.blocks import BlockReport, BlockResult, derive_blocks
from huancheng.city.derive.options import DeriveOptions

__all__ = ["BlockOptions", "BlockReport", "BlockResult", "DeriveOptions", "derive_blocks"]
