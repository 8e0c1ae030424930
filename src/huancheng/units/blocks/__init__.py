"""Blocks units are drawn from: streets, railways, water and parcels, with borders and the account of the ground."""

from huancheng.units.blocks.building import Blocks, build_blocks
from huancheng.units.blocks.layers import BlockLayers, layers_of_snapshot
from huancheng.units.blocks.options import UnitBlockOptions
from huancheng.units.blocks.report import BlocksReport

__all__ = ["BlockLayers", "Blocks", "BlocksReport", "UnitBlockOptions", "build_blocks", "layers_of_snapshot"]
