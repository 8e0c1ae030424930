"""`huancheng city`: build, inspect, verify city snapshots."""

from __future__ import annotations

import click


@click.group()
def city() -> None:
    """Build, inspect, generate city snapshots."""
