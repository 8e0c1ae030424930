"""`huancheng doctor`: what is not as it should be, and what to do about it."""

from __future__ import annotations

import json
import logging

import click


@click.command()
@click.option("--quick", is_flag=True, help="Leave out what reads everything: hashes of files, the log, every case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def doctor(*, quick: bool, as_json: bool) -> int:
    """Examine this installation: database, log, files, cases, packs, disk, secrets, worker, backups, settings.

    Exit code 1 says that something was found.
    """
    from huancheng.platform.start import start_platform

    start_platform()
    from django.utils.translation import override

    from huancheng.platform.operations.examining.checks import CHECKS
    from huancheng.platform.operations.examining.findings import examine

    # A check that fails is told as a finding; its traceback is for the log of the server.
    logging.getLogger("huancheng.operations").setLevel(logging.CRITICAL)
    with override("en"):
        examined = [(check.name, found) for check, found in examine(CHECKS, quick=quick)]
    findings = [item for _, found in examined for item in found]
    if as_json:
        answer = {"examined": [name for name, _ in examined], "findings": [item.as_dict() for item in findings]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        for name, found in examined:
            click.echo(f"{name}: {'ok' if not found else ''}".rstrip())
            for item in found:
                click.echo(f"  {item.text}\n  → {item.cure}")
    return 1 if findings else 0
