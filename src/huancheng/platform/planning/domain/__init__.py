"""Where plans, units and their alternatives change."""
