"""What may be asked of the log."""
