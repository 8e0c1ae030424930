"""`huancheng audit`: verify the log, anchor it, print an anchor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from huancheng.platform.audit.queries.verify import Verification

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
SHOWN = 20
"""Breaks shown on a terminal."""


@click.group()
def audit() -> None:
    """Verify and anchor the log of everything that changed."""


@audit.command()
@click.option("--anchor", "printed", default="", metavar="DIGEST", help="Anchor kept elsewhere that must be in it.")
@_JSON
def verify(printed: str, *, as_json: bool) -> int:
    """Compute every digest, chain and anchor again, and name the first entry that is not as it was written."""
    from huancheng.platform.start import start_platform

    start_platform()
    from huancheng.platform.audit.queries.verify import verify_log

    found = verify_log(printed="".join(printed.split()))
    click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1) if as_json else _lines(found))
    return 0 if found.whole else 1


def _lines(found: Verification) -> str:
    examined = (
        f"{found.entries} entries in {found.streams} streams, {found.anchors} anchors, {found.erased} words erased, "
        f"{found.unanchored} entries newer than the last anchor"
    )
    if found.whole:
        return f"the log is whole: {examined}"
    lines = [f"THE LOG IS BROKEN in {found.count} places: {examined}"]
    lines += [f"  {item.place}: {item.text}" for item in found.findings[:SHOWN]]
    if found.count > SHOWN:
        lines.append(f"  … and {found.count - SHOWN} more (--json lists them)")
    return "\n".join(lines)


@audit.command()
def anchor() -> None:
    """Anchor what was entered since the last anchor, and print the newest anchor to be signed or kept elsewhere."""
    from huancheng.evidence import InputFault
    from huancheng.platform.start import start_platform

    start_platform()
    from huancheng.platform.audit.domain.anchor import make_anchor
    from huancheng.platform.audit.models import Anchor
    from huancheng.platform.audit.queries.anchor_text import anchor_text

    newest = make_anchor() or Anchor.objects.order_by("-number").first()
    if newest is None:
        raise InputFault("the log is empty: there is nothing to anchor", cure="anchor it when something was entered")
    click.echo(anchor_text(newest), nl=False)
