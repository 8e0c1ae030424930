"""How fast the law answers."""
