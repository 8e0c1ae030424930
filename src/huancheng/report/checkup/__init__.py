"""The check-up report: chapters built from stored values."""
