"""What casework tells the apps above it."""

from __future__ import annotations

from django.dispatch import Signal

case_moved = Signal()
"""Sent after the commit of every act in a case, remarks included; arguments: `case` (id), `act`, `step`."""
