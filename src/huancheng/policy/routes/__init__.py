"""Approval routes: data, selected by jurisdiction and recognition, interpreted purely.

Import from the modules: `plan` (which route, which bodies), `events`, `state`, `interpret`.
"""
