"""What pages of plans ask."""
