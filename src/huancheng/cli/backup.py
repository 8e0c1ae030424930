"""`huancheng backup`: everything in one verified archive."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write (.tar); by default one in the home's `backups`."
)
@click.option("--with-secrets", is_flag=True, help="Keep secrets.json too; then guard the archive like a key.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def backup(out: Path | None, *, with_secrets: bool, as_json: bool) -> int:
    """Back up database, files, snapshots, check-ups and packs into one archive, and read it again to be sure.

    Officers may go on working. Exit code 1 says that the backup was made, and that a stored file was found damaged.
    """
    from huancheng.platform.start import start_platform

    start_platform()
    from huancheng.platform.operations.backups.writing import default_file, make_backup

    made = make_backup(out or default_file(), secrets=with_secrets)
    damaged = made.manifest.damaged
    if as_json:
        answer = {
            "file": str(made.file), "size": made.size, "sha256": made.sha256, "rows": made.manifest.rows,
            "files": made.manifest.files, "damaged": damaged,
        }  # fmt: skip
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(
            f"{made.file}: {made.manifest.rows} rows, {made.manifest.files} files, {made.size} bytes, "
            f"sha256 {made.sha256}; read again and found whole"
        )
        for name in damaged:
            click.echo(f"huancheng: {name} was damaged before this backup was made", err=True)
    return 1 if damaged else 0
