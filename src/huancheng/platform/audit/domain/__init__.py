"""What may be done to the log: append, anchor, verify."""
