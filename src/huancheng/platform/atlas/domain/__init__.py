"""The only place where state of this app changes."""
