"""`huancheng units`: blocks, units drawn and computed, certificates.

A command is a click command in a file of its own; `COMMANDS` names it, so that it is imported only when it is called.
"""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "compare": ("huancheng.cli.units.compare:compare", "Plans side by side: figures, breaches, what changed."),
    "edit": ("huancheng.cli.units.edit:edit", "Move blocks, merge, split, draw units; every rule tested again."),
    "verify": ("huancheng.cli.units.verify:verify", "Re-check a result folder with separate code."),
    "draw": ("huancheng.cli.units.draw:draw", "Draw units by a rule profile, with a certificate."),
    "blocks": ("huancheng.cli.units.blocks:blocks", "Cut a city into blocks: streets, rail, water, parcels."),
    "import": ("huancheng.cli.units.importing:import_units", "Units drawn by a planning institute, audited."),
    "solve": ("huancheng.cli.units.solve:solve", "Solve an instance of the literature: nodes and edges as CSV."),
}
"""Command: where it stands, and its one line for `--help`."""


class UnitsGroup(click.Group):
    """Imports a command when it is first used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands with their one line, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[1]) for name, entry in COMMANDS.items()])


@click.group(cls=UnitsGroup)
def units() -> None:
    """Renewal units: blocks, plans drawn and computed, their certificates."""
