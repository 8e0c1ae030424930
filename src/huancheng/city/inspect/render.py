"""An inspection as a page of text."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from huancheng.city.inspect.report import Inspection, LayerFinding, percent

_COLUMNS_SHOWN = 40


def render_summary(inspection: Inspection, console: Console) -> None:
    """Print what the snapshot is and its layers."""
    console.print(f"[bold]{inspection.title}[/bold] ({inspection.name}), {inspection.as_of}, {inspection.crs}")
    console.print(f"digest {inspection.digest[:16]}")
    console.print(_layers(inspection))
    if inspection.broken_rings:
        console.print(f"{inspection.broken_rings} broken rings repaired and listed in repairs.csv")


def render(inspection: Inspection, console: Console) -> None:
    """Print the layers, how far their columns are known, and what follows."""
    render_summary(inspection, console)
    for name, layer in inspection.layers.items():
        if layer.count and any(column.filled_share for column in layer.columns.values()):
            console.print(_columns(name, layer))
    console.print("\n[bold]What it supports[/bold] (thresholds are proposed, not official)")
    for verdict in inspection.verdicts:
        mark = "[green]yes[/green]" if verdict.supported else "[yellow]no [/yellow]"
        console.print(f"  {mark} {verdict.title}" + (f": {verdict.reason}" if verdict.reason else ""), highlight=False)


def _layers(inspection: Inspection) -> Table:
    table = Table(title="Layers", title_justify="left")
    for heading in ("layer", "", "access"):
        table.add_column(heading)
    for heading in ("rows", "repaired", "refused", "outside"):
        table.add_column(heading, justify="right")
    for name, layer in inspection.layers.items():
        numbers = (layer.count, layer.repaired, layer.refused, layer.outside)
        table.add_row(name, layer.title, layer.access, *(f"{number:,}" for number in numbers))
    for name, raster in inspection.rasters.items():
        table.add_row(name, f"{raster['width']} × {raster['height']} cells", raster["access"], "", "", "", "")
    return table


def _columns(name: str, layer: LayerFinding) -> Table:
    table = Table(title=f"{layer.title} {name}: how far it is known", title_justify="left")
    table.add_column("column")
    table.add_column("known", justify="right")
    table.add_column("of which, or filled in")
    silent = []
    for column, finding in layer.columns.items():
        if not finding.filled_share:
            silent.append(column)
            continue
        shares = ", ".join(f"{word} {percent(share)}" for word, share in finding.provenance.items())
        table.add_row(column, percent(finding.known_share), shares)
    if silent:
        words = ", ".join(silent[:_COLUMNS_SHOWN])
        table.add_row(words, "0 %", "nothing known")
    return table
