"""From a drawn plan to the certificate that a computed one gets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from huancheng.city.snapshot import Snapshot
from huancheng.policy.book import PolicyBook
from huancheng.units.attributes import tables_of_snapshot
from huancheng.units.certificate import Source, UnitDrawing
from huancheng.units.drawing import DrawOptions, certify_drawn, lay_city
from huancheng.units.drawn.fitting import Fitted, fit_units
from huancheng.units.drawn.importing import DrawnPlan


def certify_plan(
    plan: DrawnPlan,
    file: Path,
    snapshot: Snapshot,
    book: PolicyBook,
    options: DrawOptions,
    *,
    keep: bool,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[UnitDrawing, Fitted]:
    """Bring a drawn plan onto the blocks of a city and audit it under a profile.

    Parameters
    ----------
    plan, file
        The plan and the file it was read from.
    snapshot, book, options
        The city, the law, and the profile.
    keep
        Whether the units stay as drawn and blocks are cut along them.
    say
        Told what is being done.

    Raises
    ------
    InputFault
        If the units lie beside the city, or hold no block.
    """
    say("街区 blocks")
    city = lay_city(snapshot, book, options)
    fitted = fit_units(plan, city.blocks, "kept" if keep else "snapped", tables_of_snapshot(snapshot))
    if keep:
        say("切分 cutting blocks along the units")
        city = lay_city(snapshot, book, options, fitted.blocks)
    say("检验 auditing")
    source = Source(plan.file, hashlib.sha256(file.read_bytes()).hexdigest(), "drawing")
    drawn = certify_drawn(
        city.ground, city.rules, city.blocks.frame, fitted.assignment,
        title=snapshot.manifest.title, as_of=snapshot.manifest.as_of, sources=(*city.sources, source),
    )  # fmt: skip
    return drawn, fitted
