"""Indicator systems: what is asked, and how each answer is computed."""
