"""What pages and the map ask of this app; who may see is decided here."""
