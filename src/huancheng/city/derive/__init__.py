"""Layers and columns derived from others: blocks, estates, floors, floor area, population."""

from huancheng.city.derive.areas import derive_floor_area, derive_footprint_area
from huancheng.city.derive.block_options import BlockOptions
from huancheng.city.derive.blocks import BlockReport, BlockResult, derive_blocks
from huancheng.city.derive.column import DerivedColumn
from huancheng.city.derive.estate_options import EstateOptions
from huancheng.city.derive.estates import EstateReport, EstateResult, derive_estates
from huancheng.city.derive.floors import FloorOptions, FloorResult, impute_floors
from huancheng.city.derive.options import DeriveOptions
from huancheng.city.derive.population import PopulationOptions, PopulationResult, spread_population

__all__ = [
    "BlockOptions",
    "BlockReport",
    "BlockResult",
    "DeriveOptions",
    "DerivedColumn",
    "EstateOptions",
    "EstateReport",
    "EstateResult",
    "FloorOptions",
    "FloorResult",
    "PopulationOptions",
    "PopulationResult",
    "derive_blocks",
    "derive_estates",
    "derive_floor_area",
    "derive_footprint_area",
    "impute_floors",
    "spread_population",
]
