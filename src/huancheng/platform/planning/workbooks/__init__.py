"""Workbooks of the register."""
