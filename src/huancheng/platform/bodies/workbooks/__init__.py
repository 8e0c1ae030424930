"""Workbooks of people: template, reading, writing."""
