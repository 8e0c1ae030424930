"""Law as data: packs, their loader and entry envelope."""
