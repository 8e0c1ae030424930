"""Checks of content, one module for each family of formats."""
