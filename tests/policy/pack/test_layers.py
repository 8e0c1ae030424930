"""What a child pack may do to its parent's entries, and how it shows."""

import pytest
from toy import table_text, write_toy

from huancheng.policy.book import load_book
from huancheng.policy.pack import PackFault
from huancheng.policy.pack.narrowing import widening

HEAD = 'id: child\ntitle: 子包\nparent: toy\nversion: "1"\neffective_from: 2024-01-01\n'
TABLES = table_text(
    "first", "a, c", "id: R1, when: {a: true, c: [红, 黄]}, documents: [甲, 乙], effective_from: 2024-01-01", "id: R2"
)


def child(folder, **files):
    write_toy(folder, tables=TABLES)
    target = folder / "child"
    target.mkdir(exist_ok=True)
    for name, text in {"pack": HEAD, **files}.items():
        (target / f"{name}.yaml").write_text(text, "utf-8")
    return load_book(target, root=folder)


def change(entry, kind, **more):
    parts = "".join(f", {key}: {value}" for key, value in more.items())
    return f"changes:\n- {{entry: {entry}, kind: {kind}, reason: 本市另有规定{parts}}}\n"


def test_a_child_adds_entries_beside_its_parents(tmp_path):
    book = child(tmp_path, bodies="entries:\n- {id: bureau, title: 某局, level: city, basis: law, certainty: read}\n")
    assert list(book.bodies.entries) == ["office", "bureau"]
    assert book.bodies.origin("bureau").pack == "child"


def test_an_override_replaces_what_it_names_and_is_shown_with_its_reason(tmp_path):
    book = child(tmp_path, bodies=change("office", "override", set="{title: 本市办公室}"))
    assert book.bodies["office"].title == "本市办公室"
    shown = book.bodies.changes_of("office")[0]
    assert shown.as_dict() == {
        "pack": "child",
        "entry": "office",
        "kind": "override",
        "reason": "本市另有规定",
        "before": {"title": "办公室"},
        "after": {"title": "本市办公室"},
    }


def test_a_row_is_addressed_by_table_and_id(tmp_path):
    book = child(tmp_path, tables=change("t1/R2", "override", set="{text: 另一结论}"))
    assert [row.text for row in book.tables["t1"].rows] == ["结论", "另一结论"]
    assert book.tables.changes_of("t1")[0].entry == "t1/R2"


def test_a_part_or_a_whole_entry_may_be_withdrawn(tmp_path):
    assert [row.id for row in child(tmp_path, tables=change("t1/R1", "withdraw")).tables["t1"].rows] == ["R2"]
    assert "t1" not in child(tmp_path, tables=change("t1", "withdraw")).tables


def test_a_row_is_inserted_before_another_or_last(tmp_path):
    row = "{id: R9, when: {a: false}, text: 某, cites: [law/1]}"
    assert [
        item.id for item in child(tmp_path, tables=change("t1/rows", "insert", set=row, before="R2")).tables["t1"].rows
    ] == ["R1", "R9", "R2"]
    last = child(tmp_path, tables=change("t1/rows", "insert", set=row)).tables["t1"].rows[-1]
    assert (last.id, last.basis) == ("R9", "default")


@pytest.mark.parametrize(
    ("entry", "new"),
    [
        ("t1/R1", "{documents: [甲]}"),
        ("t1/R1", "{when: {a: true, c: [红, 黄]}}"),
        ("t1/R1", "{effective_from: 2024-06-01}"),
        ("t1/R1", "{effective_to: 2025-06-01}"),
        ("t1/R1", "{text: 结论}"),
    ],
)
def test_a_narrowing_may_shorten_lists_add_conditions_and_shorten_dates(tmp_path, entry, new):
    assert child(tmp_path, tables=change(entry, "narrow", set=new)).tables.changes[0].kind == "narrow"


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("{documents: [甲, 丙]}", "documents: it would add '丙'"),
        ("{when: {a: true}}", "drop or change the condition 'c'"),
        ("{effective_from: 2023-01-01}", "begin earlier"),
        ("{text: 另}", "can't be compared"),
    ],
)
def test_a_narrowing_that_widens_is_refused(tmp_path, new, message):
    with pytest.raises(PackFault, match=message) as caught:
        child(tmp_path, tables=change("t1/R1", "narrow", set=new))
    assert (caught.value.line, caught.value.file) == (2, "child/tables.yaml")
    assert "use kind: override" in caught.value.cure


def test_an_end_may_only_come_nearer():
    assert (
        widening({"effective_to": "2024-01-01"}, {"effective_to": "2025-01-01"}) == "effective_to: it would end later"
    )
    assert widening({"effective_to": "2024-01-01"}, {"effective_to": "2023-01-01"}) == ""
    assert widening({"effective_to": "2024-01-01"}, {"effective_to": None}) != ""
    assert widening({"effective_from": "2024-01-01"}, {"effective_from": None}) != ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (change("t1/R7", "override", set="{text: 某}"), "no part 'R7'"),
        (change("t1/columns", "insert", set="{id: R9}"), "insert needs the list"),
        (change("t1/rows", "insert", set="{id: R9, text: 某}", before="R7"), "no 'R7' to insert before"),
        (change("t1/R1", "override", set="{colour: 红}"), "'colour' is not known"),
    ],
)
def test_a_change_that_fits_nothing_is_refused_at_its_line(tmp_path, text, message):
    with pytest.raises(PackFault, match=message) as caught:
        child(tmp_path, tables=text)
    assert caught.value.line == 2


def test_taking_a_parents_id_without_saying_so_is_refused(tmp_path):
    with pytest.raises(PackFault, match=r"already stands in toy/bodies.yaml"):
        child(tmp_path, bodies="entries:\n- {id: office, title: 某, level: city, basis: law, certainty: read}\n")
