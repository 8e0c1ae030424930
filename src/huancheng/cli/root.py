"""The command group: loads a sub-command only when it is called, and turns faults into plain messages."""

from __future__ import annotations

import errno
import importlib
import json
import sys
from typing import Any

import click

from huancheng import __version__
from huancheng.evidence import InputFault

COMMANDS = {
    "city": ("huancheng.cli.city:city", "Build, inspect, generate city snapshots."),
    "checkup": ("huancheng.cli.checkup:checkup", "Check a city up: indicators, problems, actions."),
    "units": ("huancheng.cli.units:units", "Renewal units: blocks, plans drawn and computed, their certificates."),
    "planning": ("huancheng.cli.planning:planning", "Facility gaps, siting, unit plans, special plans."),
    "policy": ("huancheng.cli.policy:policy", "Packs: the law as data."),
    "chain": ("huancheng.cli.chain:chain", "The whole analysis in one call."),
    "serve": ("huancheng.cli.serve:serve", "Serve the platform: pages, jobs, daily work."),
    "backup": ("huancheng.cli.backup:backup", "Everything in one verified archive."),
    "restore": ("huancheng.cli.restore:restore", "A backup into an empty place, or in place of what is there."),
    "doctor": ("huancheng.cli.doctor:doctor", "What is not as it should be, and what to do about it."),
    "audit": ("huancheng.cli.audit:audit", "The log: verify it, anchor it."),
    "manage": ("huancheng.cli.manage:manage", "Django's commands for administrators."),
}

EXIT_FAULT = 3
"""Exit code for input that can't be used; 1 is a negative finding, 2 a wrong command line, 0 success."""

EXIT_STOPPED = 130
"""Exit code after Ctrl-C."""

EXIT_CODES = "Exit codes: 0 success, 1 a negative finding, 2 a wrong command line, 3 input that can't be used."

PLACE_FAULTS = {
    errno.EACCES: "you have no right to it",
    errno.EPERM: "you have no right to it",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
}
"""What the machine refuses without any fault of the program, in plain words."""


class LazyGroup(click.Group):
    """A click group whose sub-commands are imported when first used, so that `--help` is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the sub-commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import and return one sub-command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List sub-commands with their one line, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[1]) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="huancheng")
def root() -> None:
    """Huancheng 焕城: a city's urban renewal, from the first data file to the last bulletin."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command; a user's mistake ends with a message on standard error and exit code 3, never a traceback."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result: Any = root.main(args=arguments, prog_name="huancheng", standalone_mode=False)
    except InputFault as fault:
        sys.exit(_tell(fault, arguments))
    except OSError as error:
        if error.errno not in PLACE_FAULTS:
            raise
        place = str(error.filename or "")
        cure = "choose another place or mend this one"
        sys.exit(_tell(InputFault(PLACE_FAULTS[error.errno], file=place, cure=cure), arguments))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("huancheng: stopped", err=True)
        sys.exit(EXIT_STOPPED)
    sys.exit(result if isinstance(result, int) else 0)


def _tell(fault: InputFault, arguments: list[str]) -> int:
    if "--json" in arguments:
        click.echo(json.dumps(fault.as_dict(), ensure_ascii=False))
    click.echo(f"huancheng: {fault}", err=True)
    return EXIT_FAULT
