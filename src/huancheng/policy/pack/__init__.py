"""Packs: folders of law as data, read strictly."""

from huancheng.policy.pack.entry import Entry, PackModel
from huancheng.policy.pack.fault import PackFault
from huancheng.policy.pack.loader import Pack, load_pack
from huancheng.policy.pack.locate import pack_names, packs_root
from huancheng.policy.pack.manifest import PackManifest

__all__ = ["Entry", "Pack", "PackFault", "PackManifest", "PackModel", "load_pack", "pack_names", "packs_root"]
