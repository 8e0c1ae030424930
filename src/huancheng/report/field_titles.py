"""Chinese titles of layers and columns, and provenance shares told with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from huancheng.city.schema import layer_schemas
from huancheng.report.numerals import format_shares


@cache
def _titles() -> dict[str, str]:
    text = resources.files(__package__).joinpath("field_titles.yaml").read_text("utf-8")
    titles: dict[str, str] = yaml.safe_load(text)
    return titles


def column_title(layer: str, column: str) -> str:
    """Return the Chinese title of a column; its own name where there is none."""
    titles = _titles()
    return titles.get(f"{layer}.{column}", titles.get(column, column))


def field_title(field: str) -> str:
    """Return `layer.column` in Chinese: 建筑·地上层数."""
    layer, _, column = field.partition(".")
    schema = layer_schemas().get(layer)
    title = schema.title if schema else layer
    return f"{title}·{column_title(layer, column)}" if column else title


def format_provenance(shares: Mapping[str, Mapping[str, float]]) -> str:
    """Print the provenance of each column read; columns of equal shares stand together.

    Parameters
    ----------
    shares
        For each `layer.column`, share by provenance; `unknown` is the share without a value.
    """
    together: dict[str, list[str]] = {}
    for field, parts in shares.items():
        together.setdefault(format_shares(parts), []).append(field_title(field))
    return "；".join(f"{'、'.join(fields)}：{parts}" for parts, fields in together.items())
