"""An empty workbook with one sheet per layer, and the mapping that reads it: for offices that begin with nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from huancheng.city.fixed_archive import undated_workbook
from huancheng.city.schema import ColumnSchema, Geometry, LayerSchema, layer_schema, layer_schemas
from huancheng.evidence import InputFault

WORKBOOK = "layers.xlsx"
MAPPING = "mapping.toml"
_PLACES = {Geometry.POINT: ("longitude", "latitude"), Geometry.LINE: ("wkt",), Geometry.POLYGON: ("wkt",)}
_ROWS = 5000
"""Rows for which a list of codes is offered."""
_GUIDE_HEAD = ("图层", "字段", "名称", "类型", "单位", "必填", "可填的代码", "含义")
_TYPES = {"text": "文字", "integer": "整数", "number": "数值", "boolean": "是否", "date": "日期", "code": "代码"}


def write_template(out: Path, layers: Sequence[str] = ()) -> tuple[Path, Path]:
    """Write `layers.xlsx` and the `mapping.toml` that builds a snapshot from it; the same call gives the same bytes.

    Places are degrees (CGCS2000 or WGS 84): longitude and latitude for points, well-known text for lines and polygons.

    Parameters
    ----------
    out
        Folder to write into.
    layers
        Layers wanted; every layer with a table where none is named.

    Returns
    -------
    tuple of Path
        The workbook and the mapping.

    Raises
    ------
    InputFault
        If a layer is unknown or a raster, or a file of either name is already there.
    """
    schemas = _wanted(layers)
    workbook_path, mapping_path = out / WORKBOOK, out / MAPPING
    for path in (workbook_path, mapping_path):
        if path.exists():
            cure = "choose another folder; what was filled in is never overwritten"
            raise InputFault("a file of this name is already there", file=str(path), cure=cure)
    try:
        out.mkdir(parents=True, exist_ok=True)
        workbook_path.write_bytes(_workbook(schemas))
        mapping_path.write_text(_mapping(schemas), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputFault(f"can't be written: {error.strerror}", file=str(out), cure="choose another folder") from error
    return workbook_path, mapping_path


def _wanted(layers: Sequence[str]) -> list[LayerSchema]:
    if not layers:
        return [schema for schema in layer_schemas().values() if schema.geometry is not Geometry.RASTER]
    try:
        schemas = [layer_schema(name) for name in dict.fromkeys(layers)]
    except KeyError as error:
        raise InputFault(str(error.args[0]), field="layer", cure="name one of these") from error
    for schema in schemas:
        if schema.geometry is Geometry.RASTER:
            cure = "give it as a GeoTIFF under [[raster]] in the mapping"
            raise InputFault(f"{schema.name} is a raster and has no table", field="layer", cure=cure)
    return schemas


def _workbook(schemas: Iterable[LayerSchema]) -> bytes:
    workbook = Workbook()
    guide = workbook.active
    if not isinstance(guide, Worksheet):
        message = "a new workbook has a sheet"
        raise TypeError(message)
    guide.title = "填写说明"
    guide.append(list(_GUIDE_HEAD))
    for schema in schemas:
        _sheet(workbook.create_sheet(schema.name), schema)
        for column in schema.columns.values():
            guide.append(_explained(schema, column))
    for letter, width in zip("ABCDEFGH", (24, 26, 26, 8, 10, 6, 60, 60), strict=True):
        guide.column_dimensions[letter].width = width
    _style_head(guide)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return undated_workbook(buffer.getvalue())


def _explained(schema: LayerSchema, column: ColumnSchema) -> list[str]:
    codes = "；".join(f"{code} {column.label(code)}" for code in column.allowed)
    required = "必填" if column.required else ""
    return [f"{schema.name} {schema.title}", column.name, column.title, _TYPES[column.type], column.unit, required,
            codes, column.meaning]  # fmt: skip


def _sheet(sheet: Worksheet, schema: LayerSchema) -> None:
    sheet.append(["id", *schema.columns, *_PLACES[schema.geometry]])
    for position, column in enumerate(schema.columns.values(), start=2):
        letter = get_column_letter(position)
        note = f"{column.title}（{_TYPES[column.type]}{'，' + column.unit if column.unit else ''}）"
        sheet[f"{letter}1"].comment = Comment(note, "Huancheng")
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 2)
        choices = ",".join(column.allowed) if column.type != "boolean" else "true,false"
        # Excel keeps at most 255 characters of a list in a cell rule; longer lists stand on the guide sheet only.
        if choices and len(choices) < 250:  # noqa: PLR2004
            rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
            rule.error = "请从列表中选择代码，含义见“填写说明”"
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS + 1}")
    sheet.freeze_panes = "B2"
    _style_head(sheet)


def _style_head(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")


def _mapping(schemas: Iterable[LayerSchema]) -> str:
    lines = [
        "# Made by `huancheng city template`: fill layers.xlsx in, name the city here, then",
        "#   huancheng city build mapping.toml --out SNAPSHOT",
        "# Take out the [[layer]] blocks whose sheet stays empty.",
        "",
        "[city]",
        'name = "my-city"',
        'title = "我的城市"',
        "as_of = 2025-12-31",
    ]
    for schema in schemas:
        lines += ["", "[[source]]", f'id = "{schema.name}"', f'file = "{WORKBOOK}"']
        if schema.geometry is not Geometry.POINT:
            lines.append('crs = "EPSG:4490"')
        lines += [f'{place} = "{place}"' for place in _PLACES[schema.geometry]]
    for schema in schemas:
        lines += ["", f"# {schema.title}", "[[layer]]", f'name = "{schema.name}"', f'source = "{schema.name}"']
        lines += [f'sublayer = "{schema.name}"', 'id = "id"', "[layer.columns]"]
        lines += [f'{column} = "{column}"' for column in schema.columns]
    return "\n".join(lines) + "\n"
