"""Plans: the register, special plans with their units, unit plans."""
