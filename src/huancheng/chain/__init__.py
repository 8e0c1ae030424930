"""The whole analysis in one call."""
