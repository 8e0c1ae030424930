"""The one map: snapshots, tiles, layers, cases on the map."""
