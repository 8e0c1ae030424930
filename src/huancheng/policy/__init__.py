"""Law as data: packs, decision tables, approval routes."""

from huancheng.policy.pack import Entry, Pack, PackFault, PackManifest, PackModel, load_pack, pack_names, packs_root

__all__ = ["Entry", "Pack", "PackFault", "PackManifest", "PackModel", "load_pack", "pack_names", "packs_root"]
