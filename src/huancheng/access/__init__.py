"""Streets as a graph: who reaches what within how many metres."""
