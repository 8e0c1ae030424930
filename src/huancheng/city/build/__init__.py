"""Building a snapshot from the files a city has, by a mapping."""

from huancheng.city.build.build import build_city
from huancheng.city.build.load import load_mapping, preset_blocks, preset_names
from huancheng.city.build.mapping import Mapping

__all__ = ["Mapping", "build_city", "load_mapping", "preset_blocks", "preset_names"]
