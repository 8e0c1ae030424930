"""Serving, backup, restore, health and self-examination."""
