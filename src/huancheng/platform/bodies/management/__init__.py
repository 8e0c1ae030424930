"""Commands of bodies and people."""
