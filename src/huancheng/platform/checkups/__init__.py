"""Check-up runs taken into the register, for pages and the map."""
