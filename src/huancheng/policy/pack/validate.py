"""From strict YAML to typed models, with messages that name line, key and cure."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from huancheng.policy.pack.fault import PackFault
from huancheng.policy.pack.strict_yaml import Path, YamlDocument

Model = TypeVar("Model", bound=BaseModel)

_CURES = {
    "missing": "add the key",
    "enum": "use one of the values named",
    "literal_error": "use one of the values named",
    "string_type": "quote the text",
    "bool_type": "write true or false without quotes",
    "int_type": "write a whole number without quotes",
    "float_type": "write a number without quotes",
    "date_type": "write a day as 2023-05-17",
    "date_from_datetime_parsing": "write a day as 2023-05-17",
    "date_parsing": "write a day as 2023-05-17",
    "list_type": "write a list: [a, b]",
    "tuple_type": "write a list: [a, b]",
    "dict_type": "write key: value pairs",
    "model_type": "write key: value pairs",
    "model_attributes_type": "write key: value pairs",
}


def validate(document: YamlDocument, model: type[Model]) -> Model:
    """Turn a document into a model.

    Validated twice: as Python values, which refuses a date where text is meant, and as strict JSON, which refuses a
    truth value or quoted text where a number is meant.

    Raises
    ------
    PackFault
        For the first misfit, with line, key and cure; further misfits are counted.
    """
    if not isinstance(document.value, dict):
        raise PackFault("the file holds no mapping", file=document.file, line=1, cure="write key: value pairs")
    try:
        model.model_validate(document.value)
        return model.model_validate_json(json.dumps(document.value, default=date.isoformat), strict=True)
    except ValidationError as error:
        raise explain(error, document, model) from None


def explain(error: ValidationError, document: YamlDocument, model: type[BaseModel]) -> PackFault:
    """Turn a validation error into a fault that names line, key and cure."""
    details = error.errors(include_url=False)
    first = min(
        details, key=lambda item: (document.line(_known_path(item["loc"], document)), item["type"] == "missing")
    )
    path = _known_path(first["loc"], document)
    message = _message(first, path)
    if len(details) > 1:
        message += f" (and {len(details) - 1} more)"
    key = ".".join(str(part) for part in path)
    return PackFault(message, file=document.file, line=document.line(path), key=key, cure=_cure(first, document, model))


def _known_path(location: tuple[str | int, ...], document: YamlDocument) -> Path:
    """Keep the parts of a location that stand in the file: validators and union branches add parts of their own."""
    path: Path = ()
    for part in location:
        if (*path, part) in document.lines:
            path = (*path, part)
    return path


def _message(detail: ErrorDetails, path: Path) -> str:
    name = detail["loc"][-1] if detail["loc"] else ""
    given = detail["input"]
    if detail["type"] == "missing":
        return f"the key {name!r} is missing"
    if detail["type"] == "extra_forbidden":
        return f"the key {name!r} is not known here"
    if detail["type"] == "string_type":
        return f"{given!s} was read as {_kind(given)} where text is meant"
    text = detail["msg"].removeprefix("Value error, ")
    shown = "" if isinstance(given, dict | list) or not path else f", not {given!r}"
    return text if detail["type"] == "value_error" else f"{text}{shown}"


def _kind(given: Any) -> str:
    kinds = {bool: "true or false", int: "a whole number", float: "a number", date: "a date", type(None): "nothing"}
    return kinds.get(type(given), "a list or mapping")


def _cure(detail: ErrorDetails, document: YamlDocument, model: type[BaseModel]) -> str:
    path = _known_path(detail["loc"], document)
    if detail["type"] == "extra_forbidden":
        known = ", ".join(_known_keys(detail["loc"], model))
        cure = f"known keys: {known}" if known else "remove it or mend its spelling"
        if path in document.in_braces:
            cure = f"if it belongs to the text before it, quote that text; {cure}"
        return cure
    if isinstance(detail["input"], dict) and detail["type"] == "string_type":
        return "quote the text: a colon in it made YAML read a key"
    return _CURES.get(detail["type"], "mend the value")


def _known_keys(location: tuple[str | int, ...], model: type[BaseModel]) -> list[str]:
    """Return the keys allowed beside the last part of `location`, as far as the models tell."""
    current: type[BaseModel] | None = model
    for part in location[:-1]:
        if current is None or not isinstance(part, str):
            continue
        found = current.model_fields.get(part)
        current = _inner_model(found.annotation) if found else current
    return [info.alias or name for name, info in current.model_fields.items()] if current else []


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """Find the single model inside an annotation such as `tuple[Clause, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_inner_model(argument) for argument in getattr(annotation, "__args__", ())]
    models = [found for found in inner if found]
    return models[0] if len(models) == 1 else None
