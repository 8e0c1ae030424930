"""Declared values: the template bureaus fill in, and reading it back."""
