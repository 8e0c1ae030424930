"""Reading a mapping file: every fault with its line."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from huancheng.city.build.mapping import LayerBlock, Mapping
from huancheng.city.build.toml_lines import LineIndex
from huancheng.evidence import InputFault

_LINE = re.compile(r"\(at line (\d+)")


def load_mapping(path: Path) -> Mapping:
    """Return the mapping with the blocks of its presets put in, before its own.

    Raises
    ------
    InputFault
        If the file is not there, no TOML, or says something unknown; file, line, key and cure are named.
    """
    if not path.is_file():
        raise InputFault("there is no such mapping", file=path.name, cure="see examples/ for mappings to start from")
    try:
        text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InputFault("the mapping is not UTF-8", file=path.name, cure="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        cure = "see docs/analyst/bring-your-own-city.md"
        raise InputFault(f"this is no TOML: {error}", file=path.name, row=line[1] if line else "", cure=cure) from error
    mapping = _validated(raw, LineIndex(text), path.name)
    blocks: list[LayerBlock] = []
    for use in mapping.preset:
        present = preset_blocks(use.name)
        wanted = set(use.layers) if use.layers is not None else {block.name for block in present}
        missing = sorted(wanted - {block.name for block in present})
        if missing:
            message = f"the preset {use.name!r} has no layer {missing[0]!r}"
            cure = f"it has {', '.join(dict.fromkeys(block.name for block in present))}"
            raise InputFault(message, file=path.name, field="preset.layers", cure=cure)
        blocks += [
            block.model_copy(update={"source": use.source, "from_preset": use.name})
            for block in present
            if block.name in wanted
        ]
    return mapping.model_copy(update={"layer": (*blocks, *mapping.layer)})


def _validated(raw: dict[str, Any], lines: LineIndex, file: str) -> Mapping:
    try:
        return Mapping.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(first["loc"])
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            message, cure = f"the key {first['loc'][-1]!r} is unknown here", "check its spelling"
        elif first["type"] == "missing":
            message, cure = f"the key {first['loc'][-1]!r} is missing", "add it"
        else:
            message, cure = first["msg"].removeprefix("Value error, "), "correct it"
        cure = f"{cure}; the keys are described in docs/analyst/bring-your-own-city.md"
        raise InputFault(message, file=file, row=lines.line_of(place), field=field, cure=cure) from error


def preset_names() -> list[str]:
    """Return the presets that come with the program."""
    folder = resources.files(__package__).joinpath("presets")
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


@cache
def preset_blocks(name: str) -> tuple[LayerBlock, ...]:
    """Return the layer blocks of a preset, their source still open.

    Raises
    ------
    InputFault
        If there is no preset of that name.
    """
    if name not in preset_names():
        cure = f"name one of {', '.join(preset_names())}"
        raise InputFault(f"there is no preset {name!r}", field="preset.name", cure=cure)
    text = resources.files(__package__).joinpath("presets", f"{name}.toml").read_text("utf-8")
    return tuple(LayerBlock.model_validate({"source": "", **block}) for block in tomllib.loads(text)["layer"])
