"""The city as data: layers, reading, repair, snapshots, the generated demo city."""
