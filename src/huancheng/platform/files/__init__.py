"""Uploaded files, addressed by their SHA-256, their types checked by content."""
