"""`huancheng planning`: gaps, siting, fragments, unit plans, special plans.

A command is a click command in a file of its own; `COMMANDS` names it, so that it is imported only when it is called.
"""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "fragments": ("huancheng.cli.planning.fragments:fragments", "Corner, enclosed and interlocked land by projects."),
    "gaps": ("huancheng.cli.planning.gaps:gaps", "Who lives beyond a walk from which facility, and what closes it."),
    "special-plan": (
        "huancheng.cli.planning.special_plan:special_plan",
        "Special plans: compose, join the city's, tell versions apart.",
    ),
    "unit-plan": (
        "huancheng.cli.planning.unit_plan:unit_plan",
        "The form of a unit plan, and the plan with papers and maps.",
    ),
    "site": ("huancheng.cli.planning.site:site", "Place new facilities, with a proof."),
}
"""Command: where it stands, and its one line for `--help`."""


class PlanningGroup(click.Group):
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


@click.group(cls=PlanningGroup)
def planning() -> None:
    """Planning: who lacks what, where new facilities go, and the plans that follow."""
