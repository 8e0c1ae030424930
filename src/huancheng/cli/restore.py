"""`huancheng restore`: a backup into an empty place, or in place of what is there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--into", type=click.Path(path_type=Path), help="Home folder to restore into; else HUANCHENG_HOME.")
@click.option("--replace", is_flag=True, help="Set aside what is there (nothing is deleted) and restore in its place.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def restore(file: Path, into: Path | None, *, replace: bool, as_json: bool) -> int:
    """Restore the backup FILE, count its rows, hash its files and verify the log; into SQLite or PostgreSQL.

    Exit code 1 says that all was restored, and that the log was broken when the backup was made.
    """
    file = file.resolve()
    if into is not None:
        os.environ["HUANCHENG_HOME"] = str(into)
    from huancheng.platform.start import start_platform

    start_platform()
    from huancheng.platform.operations.backups.restoring import restore_backup

    done = restore_backup(file, replace=replace)
    if as_json:
        answer = {"rows": done.rows, "files": done.files, "aside": done.aside, "log": done.log.as_dict()}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"{file}: {done.rows} rows and {done.files} files restored")
        for place in done.aside:
            click.echo(f"what was there before is kept: {place}")
        whole = "the log is whole" if done.log.whole else f"THE LOG IS BROKEN in {done.log.count} places"
        click.echo(f"{whole}: {done.log.entries} entries, {done.log.anchors} anchors")
    return 0 if done.log.whole else 1
