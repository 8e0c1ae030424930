"""Mappings that can't be used: each ends with a message that names the line, the key and the cure."""

from __future__ import annotations

import pytest

from huancheng.city.build import load_mapping, preset_blocks, preset_names
from huancheng.evidence import InputFault

HEAD = """\
[city]
name = "plain"
title = "平原市"
as_of = 2024-06-30
extent = [115.98, 36.45, 115.99, 36.46]
[[source]]
id = "s"
file = "a.gpkg"
"""

LAYER = '[[layer]]\nname = "buildings"\nsource = "s"\n'

CASES = {
    "no toml": ("[city\n", "this is no TOML", "1", "bring-your-own-city.md"),
    "a key twice": (HEAD + 'id = "t"\n', "this is no TOML", "9", "bring-your-own-city.md"),
    "an unknown table": (HEAD + "[citty]\n", "the key 'citty' is unknown here", "9", "check its spelling"),
    "an unknown key of the city": (HEAD.replace("title", "titel"), "", "", ""),
    "an unknown key of a layer": (HEAD + LAYER + 'clipp = "cut"\n', "'clipp' is unknown here", "12", "spelling"),
    "an unknown key of a column": (
        HEAD + LAYER + '[layer.columns]\nfloors = {frm = "n"}\n',
        "'frm' is unknown here",
        "13",
        "spelling",
    ),
    "an unknown key of a rule": (HEAD + "[derive.blocks]\nminimum_aera = 3\n", "minimum_aera", "10", "spelling"),
    "a missing name": (HEAD.replace('name = "plain"\n', ""), "the key 'name' is missing", "1", "add it"),
    "a bad date": (HEAD.replace("2024-06-30", '"30.6.2024"'), "valid date", "4", "correct it"),
    "a date that is none": (HEAD.replace("2024-06-30", '"2024-02-30"'), "valid date", "4", "correct it"),
    "a name with blanks": (HEAD.replace('"plain"', '"Plain City"'), "pattern", "2", "correct it"),
    "an extent turned around": (
        HEAD.replace("115.98, 36.45, 115.99", "115.99, 36.45, 115.98"),
        "west, south, east, north",
        "5",
        "correct it",
    ),
    "an unknown layer": (
        HEAD + LAYER.replace("buildings", "houses"),
        "there is no layer 'houses'; the layers are boundary",
        "9",
        "correct it",
    ),
    "a raster as a layer": (HEAD + LAYER.replace("buildings", "terrain"), "give it as [[raster]]", "9", "correct it"),
    "an unknown column": (
        HEAD + LAYER + '[layer.columns]\nstoreys = "n"\n',
        "layer 'buildings' has no column 'storeys'; it has name, use, floors",
        "9",
        "correct it",
    ),
    "a column that says nothing": (
        HEAD + LAYER + "[layer.columns]\nfloors = {factor = 2}\n",
        "a column needs `from`, `cases` or `constant`",
        "13",
        "correct it",
    ),
    "a constant with a source": (
        HEAD + LAYER + '[layer.columns]\nfloors = {from = "n", constant = 3}\n',
        "a constant column has no `from`",
        "13",
        "correct it",
    ),
    "an unknown source": (
        HEAD + LAYER.replace('"s"', '"t"'),
        "there is no source 't'; the sources are s",
        "1",
        "correct it",
    ),
    "a source twice": (HEAD + '[[source]]\nid = "s"\nfile = "b"\n', "the source 's' is there twice", "1", "correct it"),
    "an unknown preset": (
        HEAD + '[[preset]]\nname = "gaode"\nsource = "s"\n',
        "there is no preset 'gaode'",
        "",
        "name one of osm",
    ),
    "a layer the preset lacks": (
        HEAD + '[[preset]]\nname = "osm"\nsource = "s"\nlayers = ["pipes"]\n',
        "the preset 'osm' has no layer 'pipes'",
        "",
        "it has streets",
    ),
    "an unknown datum": (HEAD + 'datum = "bd10"\n', "'wgs84', 'gcj02' or 'bd09'", "9", "correct it"),
    "a negative population": (
        HEAD + '[city.population]\ntotal = -1\nsource = "x"\nyear = 2020\n',
        "greater than or equal to 0",
        "10",
        "correct it",
    ),
}
CASES["an unknown key of the city"] = (
    HEAD.replace("title = ", "titel = "),
    "the key 'title' is missing",
    "1",
    "add it",
)


@pytest.mark.parametrize("name", CASES)
def test_a_mapping_is_refused_with_its_line(tmp_path, name):
    text, words, line, cure = CASES[name]
    path = tmp_path / "mapping.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputFault) as caught:
        load_mapping(path)
    fault = caught.value
    assert words in fault.message
    assert cure in fault.cure
    assert fault.row == line
    assert fault.file == "mapping.toml" or fault.field == "preset.name"


def test_a_mapping_must_be_there_and_be_utf8(tmp_path):
    with pytest.raises(InputFault, match="there is no such mapping"):
        load_mapping(tmp_path / "nowhere.toml")
    (tmp_path / "gbk.toml").write_bytes('[city]\ntitle = "平原市"'.encode("gbk"))
    with pytest.raises(InputFault, match="not UTF-8") as caught:
        load_mapping(tmp_path / "gbk.toml")
    assert caught.value.cure == "save it as UTF-8"


def test_every_preset_is_itself_well_formed():
    assert preset_names() == ["osm"]
    names = [block.name for block in preset_blocks("osm")]
    assert {"streets", "buildings", "facilities", "land_use", "water", "green_space"} <= set(names)


def test_a_preset_takes_the_source_it_is_used_with(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text(HEAD + '[[preset]]\nname = "osm"\nsource = "s"\nlayers = ["streets", "water"]\n', "utf-8")
    blocks = load_mapping(path).layer
    assert [block.name for block in blocks] == ["streets", "water"]
    assert {block.source for block in blocks} == {"s"}


def test_a_mapping_without_a_boundary_is_refused(workshop):
    text = workshop.buildings("a.gpkg").replace("extent = [115.98, 36.45, 115.99, 36.46]\n", "")
    fault = workshop.fails(text)
    assert "no boundary" in fault.message
    assert "extent" in fault.cure


def test_a_grid_not_in_metres_is_refused(workshop):
    fault = workshop.fails(workshop.buildings("a.gpkg") + '\n[crs]\nmetric = "EPSG:4490"\n')
    assert "is not in metres" in fault.message
    assert fault.field == "crs.metric"


def test_residents_are_not_spread_without_a_total(workshop):
    name = workshop.gpkg("a.gpkg", workshop.squares(3))
    fault = workshop.fails(workshop.buildings(name) + "\n[derive.population]\n")
    assert "without an official total" in fault.message
    assert fault.field == "city.population"


def test_blocks_are_not_derived_without_streets(workshop):
    name = workshop.gpkg("a.gpkg", workshop.squares(3))
    fault = workshop.fails(workshop.buildings(name) + "\n[derive.blocks]\n")
    assert "needs the layer 'streets'" in fault.message


def test_a_folder_with_files_is_never_overwritten(workshop):
    name = workshop.gpkg("a.gpkg", workshop.squares(3))
    workshop.build(workshop.buildings(name))
    with pytest.raises(InputFault, match="already holds files") as caught:
        workshop.build(workshop.buildings(name))
    assert "never overwritten" in caught.value.cure
