"""Documents, maps, tables and tiles out of results."""
