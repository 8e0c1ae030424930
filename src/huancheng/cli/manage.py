"""`huancheng manage`: Django's commands for administrators."""

from __future__ import annotations

import click


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False, "help_option_names": []}
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's commands: migrate, createcachetable, shell … (`huancheng manage help` lists them)."""
    from huancheng.platform.manage import main

    main(list(words))
