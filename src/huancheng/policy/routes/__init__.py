"""Approval routes: data, selected by jurisdiction and recognition, interpreted purely."""
