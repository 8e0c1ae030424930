"""What pages ask of this app; who may see is decided here."""
