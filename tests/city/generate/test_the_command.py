"""`huancheng city generate`: what it prints, writes and refuses."""

from __future__ import annotations

import json

import pytest

from huancheng.cli.root import main


def _run(arguments):
    with pytest.raises(SystemExit) as stop:
        main(["city", "generate", *arguments])
    return stop.value.code


def test_it_prints_one_json_document_and_writes_snapshot_and_truth(tmp_path, capsys, small_cities):
    assert _run(["--size", "small", "--seed", "3", "--out", str(tmp_path / "city"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["digest"] == small_cities[3].snapshot.manifest.digest
    assert document["layers"]["buildings"] == small_cities[3].snapshot.manifest.layers["buildings"].count
    assert (tmp_path / "city" / "truth.json").is_file()


def test_it_says_in_words_what_it_made(tmp_path, capsys):
    assert _run(["--size", "small", "--seed", "4", "--out", str(tmp_path / "city")]) == 0
    said = capsys.readouterr().out
    assert "fictional" in said
    assert "truth.json" in said


def test_a_folder_in_use_is_an_input_fault(small_cities, capsys):
    assert _run(["--size", "small", "--out", str(small_cities[1].folder)]) == 3
    assert "never overwritten" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--size", "tiny", "--out", "x"], ["--size", "small"], ["--size", "small", "--seed", "-1", "--out", "x"]],
)
def test_a_wrong_command_line_ends_with_two(arguments):
    assert _run(arguments) == 2
