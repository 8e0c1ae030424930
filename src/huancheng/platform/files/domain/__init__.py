"""The only place where stored files change."""
