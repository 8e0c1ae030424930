"""Template tags of bodies and people."""
