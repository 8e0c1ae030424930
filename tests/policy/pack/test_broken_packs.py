"""Fifty broken packs: each is refused or found out with its line and what to do about it."""

import pytest
from toy import table_text, toy_book, write_toy

from huancheng.policy.book import load_book
from huancheng.policy.check import check_book
from huancheng.policy.pack import PackFault

HEAD = "envelope: {basis: law, certainty: read}\nentries:\n"
BODY = HEAD + "- {id: office, title: 办公室, level: city}\n"
ROUTE = """envelope: {basis: law, certainty: read, source: 某法}
entries:
- id: r1
  title: 路线
  instrument: paper
  steps:
  - {id: make, kind: compile, body: office, cites: [law/1]}
  - {id: say, kind: approve, body: office, gate: true, cites: [law/1]}
"""
INSTRUMENT = HEAD + "- {id: paper, title: 文书, scope: project, cites: [law/1]}\n"
PLACE = HEAD + "- {id: town, title: 某县, kind: county, central: false}\n"
RULES = table_text("first", "a", "id: R1, when: {a: true}", "id: R2")

# name: (files that replace the sound ones, line, words of the message, words of the cure)
REFUSED = {
    "tab for indentation": ({"bodies": "entries:\n\t- id: x\n"}, 2, "not readable as YAML", "check the indentation"),
    "colon in unquoted text": ({"bodies": HEAD + "- id: x\n  title: a: b\n"}, 4, "not readable as YAML", "quote text"),
    "brace never closed": (
        {"bodies": HEAD + "- {id: x, title: 甲\n- {id: y2}\n"},
        4,
        "not readable as YAML",
        "quote text",
    ),
    "control character": (
        {"bodies": HEAD + "- {id: x, title: \x01}\n"},
        1,
        "not readable as YAML",
        "remove the character",
    ),
    "comma and word in braces": (
        {"bodies": HEAD + "- {id: x, level: city, title: 甲, note: 见二, word: 乙}\n"},
        3,
        "key 'word' is not known here",
        "quote that text",
    ),
    "leading question mark": ({"bodies": HEAD + "- {id: x, ? 何以: 甲}\n"}, 3, "beginning with `? `", "quote text"),
    "key without value": (
        {"bodies": HEAD + "- {id: x, title, level: city}\n"},
        3,
        "without a value",
        "give the key a value",
    ),
    "no": ({"bodies": HEAD + "- id: x\n  title: no\n"}, 4, "unquoted no", 'or "no" in quotes'),
    "off": ({"bodies": HEAD + "- id: x\n  title: Off\n"}, 4, "unquoted Off", "in quotes"),
    "clock time": ({"bodies": HEAD + "- id: x\n  title: 12:30\n"}, 4, "base 60", 'write "12:30" in quotes'),
    "day where text is meant": (
        {"bodies": HEAD + "- id: x\n  title: 2023-07-01\n"},
        4,
        "read as a date",
        "quote the text",
    ),
    "exponent": ({"bodies": HEAD + "- id: x\n  title: 1e3\n"}, 4, "exponent", 'write "1e3"'),
    "octal": ({"bodies": HEAD + "- id: x\n  title: 010\n"}, 4, "octal", 'write "010"'),
    "hexadecimal": ({"bodies": HEAD + "- id: x\n  title: 0x1F\n"}, 4, "another base", "in quotes"),
    "number where text is meant": (
        {"bodies": HEAD + "- id: x\n  title: 1.10\n"},
        4,
        "a number where text is meant",
        "quote",
    ),
    "truth where text is meant": (
        {"bodies": HEAD + "- id: x\n  title: true\n"},
        4,
        "true or false where text",
        "quote",
    ),
    "no day of the calendar": (
        {"bodies": HEAD + "- id: x\n  effective_from: 2023-02-30\n"},
        4,
        "no day of the calendar",
        "existing day",
    ),
    "infinity": ({"bodies": HEAD + "- id: x\n  title: .inf\n"}, 4, "infinity", "in quotes"),
    "key twice": (
        {"bodies": HEAD + "- id: x\n  title: 甲\n  title: 乙\n"},
        5,
        "stands twice; the first is on line 4",
        "keep one",
    ),
    "unquoted key": ({"bodies": HEAD + "- id: x\n  yes: 甲\n"}, 4, "unquoted yes", "in quotes"),
    "anchor": (
        {"bodies": "envelope: &e {basis: law, certainty: read}\nentries: []\n"},
        1,
        "anchors",
        "write the value out",
    ),
    "tag": ({"bodies": HEAD + "- id: !!str 5\n"}, 3, "tag", "quote the text"),
    "second document": ({"bodies": BODY + "---\na: 1\n"}, 4, "second document", "one document per file"),
    "list for a key": ({"bodies": HEAD + "- {[a]: b}\n"}, 3, "key must be a plain word", "quote text"),
    "no mapping": ({"bodies": "- a\n"}, 1, "no mapping", "key: value"),
    "misspelt key": (
        {"bodies": HEAD + "- {id: x, titel: 甲, level: city}\n"},
        3,
        "the key 'titel' is not known here",
        "title",
    ),
    "missing title": ({"bodies": HEAD + "- {id: x, level: city}\n"}, 3, "'title' is missing", "add the key"),
    "missing basis": (
        {"bodies": "entries:\n- {id: x, title: 甲, certainty: read}\n"},
        2,
        "'basis' is missing",
        "add the key",
    ),
    "unknown basis": (
        {"bodies": "envelope: {certainty: read}\nentries:\n- {id: x, title: 甲, basis: rumour}\n"},
        3,
        "'seed', 'law' or 'default'",
        "one of the values",
    ),
    "unknown level": ({"bodies": HEAD + "- {id: x, title: 甲, level: moon}\n"}, 3, "not 'moon'", "one of the values"),
    "dates the wrong way round": (
        {"bodies": HEAD + "- id: x\n  title: 甲\n  effective_from: 2024-01-01\n  effective_to: 2023-01-01\n"},
        3,
        "lies before effective_from",
        "mend",
    ),
    "quoted number": (
        {
            "tables": RULES,
            "facts": HEAD + "- id: a\n  title: 甲\n  kind: boolean\n- id: b\n  title: 乙\n"
            '  kind: number\n  minimum: "5"\n',
        },
        9,
        "valid number",
        "without quotes",
    ),
    "id twice": (
        {"bodies": BODY + "- {id: office, title: 乙, level: city}\n"},
        4,
        "already stands in toy/bodies.yaml, line 3",
        "another id",
    ),
    "row twice": (
        {"tables": table_text("first", "a", "id: R1, when: {a: true}", "id: R1")},
        10,
        "stands twice",
        "its own id",
    ),
    "unknown fact in a row": (
        {"tables": table_text("first", "a", "id: R1, when: {moon: true}", "id: R2")},
        9,
        "fact 'moon', which is not in the catalogue",
        "facts.yaml",
    ),
    "fact that is no input": (
        {"tables": table_text("first", "a", "id: R1, when: {b: true}", "id: R2")},
        9,
        "no input of the table",
        "inputs",
    ),
    "unknown input": ({"tables": table_text("first", "a, moon", "id: R1")}, 3, "fact 'moon'", "add the fact"),
    "unknown operator": (
        {"tables": table_text("first", "m", "id: R1, when: {m: {over: 3}}", "id: R2")},
        9,
        "'over' is no operator",
        "gte",
    ),
    "size of a truth": (
        {"tables": table_text("first", "a", "id: R1, when: {a: {gt: 3}}", "id: R2")},
        9,
        "compares numbers",
        "use eq",
    ),
    "truth for a number": (
        {"tables": table_text("first", "m", "id: R1, when: {m: true}", "id: R2")},
        9,
        "is a number",
        "2/3",
    ),
    "number for a truth": (
        {"tables": table_text("first", "a", "id: R1, when: {a: 3}", "id: R2")},
        9,
        "yes or no",
        "true or false",
    ),
    "value outside the domain": (
        {"tables": table_text("first", "c", "id: R1, when: {c: 紫}", "id: R2")},
        9,
        "'紫' is not in the domain",
        "红, 黄, 绿",
    ),
    "number for text": (
        {"tables": table_text("first", "t", "id: R1, when: {t: 3}", "id: R2")},
        9,
        "holds text",
        "quote",
    ),
    "has for one value": (
        {"tables": table_text("first", "c", "id: R1, when: {c: {has: 红}}", "id: R2")},
        9,
        "does not fit",
        "several values",
    ),
    "in without a list": (
        {"tables": table_text("first", "c", "id: R1, when: {c: {in: 红}}", "id: R2")},
        9,
        "needs a list",
        "[a, b]",
    ),
    "any_of without conditions": (
        {"tables": table_text("first", "a", "id: R1, when: {any_of: []}", "id: R2")},
        9,
        "list of conditions",
        "any_of: [",
    ),
    "not_applicable of what always applies": (
        {"tables": table_text("first", "m", "id: R1, when: {m: {not_applicable: true}}", "id: R2")},
        9,
        "always applies",
        "may_not_apply: true",
    ),
    "not_applicable without truth": (
        {"tables": table_text("first", "m", "id: R1, when: {m: {not_applicable: 3}}", "id: R2")},
        9,
        "needs true or false",
        "not_applicable: true",
    ),
    "exception to nothing": (
        {"tables": table_text("priority", "a", "id: R1, exception_to: [R9]")},
        3,
        "'R9', which is no other row",
        "mend",
    ),
    "exception without priority": (
        {"tables": table_text("first", "a", "id: R1, exception_to: [R2]", "id: R2")},
        3,
        "needs hit: priority",
        "mend",
    ),
    "bound without results": (
        {"tables": table_text("accumulate", "a", "id: R1, bound: [甲]")},
        3,
        "not among the table's results",
        "mend",
    ),
    "bound without accumulate": (
        {"tables": table_text("first", "a", "id: R1, bound: [甲]")},
        3,
        "need hit: accumulate",
        "mend",
    ),
    "choice without domain": ({"facts": HEAD + "- {id: a, title: 甲, kind: choice}\n"}, 3, "needs a domain", "mend"),
    "ratio of a truth": (
        {"facts": HEAD + "- {id: a, title: 甲, kind: boolean, ratio: {numerator: [b]}}\n"},
        3,
        "must be a number",
        "mend",
    ),
    "condition of a number": (
        {"facts": HEAD + "- {id: a, title: 甲, kind: number, when: {b: true}}\n"},
        3,
        "must be a boolean",
        "mend",
    ),
    "ratio of nothing known": (
        {
            "facts": HEAD + "- {id: a, title: 甲, kind: boolean}\n- {id: b, title: 乙, kind: number, "
            "ratio: {numerator: [moon]}}\n",
            "tables": table_text("first", "b", "id: R1"),
        },
        4,
        "follows from 'moon'",
        "add the fact",
    ),
    "facts in a circle": (
        {
            "facts": HEAD + "- {id: p, title: 甲, kind: number, ratio: {numerator: [q]}}\n- {id: q, title: 乙, "
            "kind: number, ratio: {numerator: [p]}}\n",
            "tables": table_text("first", "p", "id: R1"),
        },
        3,
        "in a circle",
        "without a derivation",
    ),
    "weekday made up": (
        {
            "calendar": HEAD + "- {id: c, year: 2024, published: true, known_from: 2023-10-01, days_off: [], "
            "working_weekends: [2024-03-04]}\n"
        },
        3,
        "no weekend day",
        "mend",
    ),
    "day of another year": (
        {
            "calendar": HEAD + "- {id: c, year: 2024, published: true, known_from: 2023-10-01, "
            "days_off: [2025-01-01], working_weekends: []}\n"
        },
        3,
        "does not lie in 2024",
        "mend",
    ),
    "off and worked": (
        {
            "calendar": HEAD + "- {id: c, year: 2024, published: true, known_from: 2023-10-01, "
            "days_off: [2024-03-02], working_weekends: [2024-03-02]}\n"
        },
        3,
        "both off and worked",
        "mend",
    ),
    "share above one": (
        {"routes": ROUTE.replace("gate: true", 'gate: true, vote: {approve: "3/2"}')},
        8,
        "between 0 and 1",
        "mend",
    ),
    "group interrupted": (
        {
            "routes": ROUTE + "  - {id: c, kind: file, body: office, group: g, cites: [law/1]}\n"
            "  - {id: d, kind: file, body: office, cites: [law/1]}\n"
            "  - {id: e, kind: file, body: office, group: g, cites: [law/1]}\n"
        },
        3,
        "is interrupted",
        "mend",
    ),
    "unknown kind of step": (
        {"routes": ROUTE.replace("kind: approve", "kind: bless")},
        8,
        "'bless'",
        "one of the values",
    ),
    "actor by default": (
        {
            "clauses": HEAD + "- id: 一\n  heading: 甲\n  requirements:\n"
            "  - {id: 1-1, modality: shall, actor: 某局, actor_basis: default, text: 某事}\n"
        },
        6,
        "stands in default_actor",
        "mend",
    ),
    "silence unmarked": (
        {
            "clauses": HEAD + "- id: 一\n  heading: 甲\n  requirements:\n"
            "  - {id: 1-1, modality: shall, actor: null, actor_basis: seed, text: 某事}\n"
        },
        6,
        "names no actor",
        "mend",
    ),
    "change of nothing": (
        {"bodies": BODY + "changes:\n- {entry: moon, kind: override, reason: 某因, set: {title: 甲}}\n"},
        5,
        "no entry 'moon'",
        "mend the id",
    ),
    "change of its own entry": (
        {"bodies": BODY + "changes:\n- {entry: office, kind: override, reason: 某因, set: {title: 甲}}\n"},
        5,
        "own entry",
        "edit the entry itself",
    ),
    "change without reason": (
        {"bodies": BODY + 'changes:\n- {entry: office, kind: override, reason: "", set: {title: 甲}}\n'},
        5,
        "at least 1",
        "mend",
    ),
    "fact twice in other packs": (
        {"pack": 'id: toy\ntitle: 玩具\nversion: "1"\neffective_from: 2024-01-01\nparent: moon\n'},
        5,
        "parent pack 'moon' is not found",
        "use one of",
    ),
    "parent of itself": (
        {"pack": 'id: toy\ntitle: 玩具\nversion: "1"\neffective_from: 2024-01-01\nparent: toy\n'},
        5,
        "in a circle: toy → toy",
        "another parent",
    ),
    "name with capitals": (
        {"pack": 'id: Toy\ntitle: 玩具\nversion: "1"\neffective_from: 2024-01-01\n'},
        1,
        "match pattern",
        "mend",
    ),
    "version as a number": (
        {"pack": "id: toy\ntitle: 玩具\nversion: 1.0\neffective_from: 2024-01-01\n"},
        3,
        "a number where text",
        "quote",
    ),
}

FOUND = {
    "uncited row": ({"tables": RULES.replace(", cites: [law/1]", "", 1)}, 9, "cites nothing", "add `cites:`"),
    "dangling citation": ({"tables": RULES.replace("law/1", "law/9", 1)}, 9, "'law/9' resolves to nothing", "mend it"),
    "gap": (
        {"tables": table_text("first", "a", "id: R1, when: {a: true}")},
        3,
        "no row covers the case: 甲为否",
        "add a row",
    ),
    "overlap": (
        {"tables": table_text("unique", "a", "id: R1, when: {a: true}", "id: R2")},
        10,
        "R1 and R2 both match",
        "narrow",
    ),
    "dead row": (
        {"tables": table_text("first", "a", "id: R1", "id: R2, when: {a: true}")},
        10,
        "leave nothing",
        "move it up",
    ),
    "body without level": ({"bodies": BODY + "- {id: x, title: 甲}\n"}, 4, "甲 has no level", "add `level:`"),
    "role without level": ({"roles": HEAD + "- {id: x, title: 甲}\n"}, 3, "甲 has no level", "add `level:`"),
    "route without end": (
        {"routes": ROUTE.replace("gate: true, ", ""), "instruments": INSTRUMENT},
        3,
        "decides the matter",
        "gate: true",
    ),
    "step that cites nothing": (
        {"routes": ROUTE.replace(", cites: [law/1]}", "}", 1), "instruments": INSTRUMENT},
        7,
        "cites nothing",
        "add `cites:`",
    ),
    "route of no instrument": ({"routes": ROUTE}, 3, "no instrument 'paper'", "instruments.yaml"),
    "precondition of no instrument": (
        {
            "routes": ROUTE.replace("  steps:", "  preconditions: [{id: p, instrument: moon, text: 某}]\n  steps:"),
            "instruments": INSTRUMENT,
        },
        3,
        "names no instrument",
        "mend the id",
    ),
    "rerouting from nowhere": (
        {"routes": ROUTE + "  rerouting: [{from_route: moon}]\n", "instruments": INSTRUMENT},
        3,
        "comes from no route",
        "mend the id",
    ),
    "rerouting of no step": (
        {
            "routes": ROUTE + "  rerouting: [{from_route: r1, carried: [{step: moon, becomes: say, reason: 某}]}]\n",
            "instruments": INSTRUMENT,
        },
        3,
        "carries 'moon'",
        "name steps",
    ),
    "instrument without a route": ({"instruments": INSTRUMENT, "jurisdictions": PLACE}, 3, "has 0 routes", "`when`"),
    "body nowhere": (
        {"routes": ROUTE.replace("body: office", "body: moon", 1), "instruments": INSTRUMENT, "jurisdictions": PLACE},
        7,
        "'moon' names no body for 某县",
        "by_kind",
    ),
    "competent body nowhere": (
        {"tables": RULES.replace("competent: office", "competent: moon"), "jurisdictions": PLACE},
        3,
        "'moon' names no body",
        "name a body",
    ),
    "requirement nobody serves": (
        {
            "clauses": HEAD + "- id: 一\n  heading: 甲\n  requirements:\n"
            "  - {id: 1-1, modality: shall, actor: 某局, actor_basis: seed, text: 某事}\n"
        },
        6,
        "nothing cites or serves",
        "page or measure",
    ),
}


def read_all(folder):
    book = load_book(folder, root=folder.parent)
    assert book.compiled is not None
    return book


def test_there_are_at_least_fifty_broken_packs():
    assert len(REFUSED) + len(FOUND) >= 50


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_pack_is_refused_with_its_line_and_the_cure(tmp_path, name):
    files, line, message, cure = REFUSED[name]
    folder = write_toy(tmp_path, **files)
    with pytest.raises(PackFault) as caught:
        read_all(folder)
    fault = caught.value
    assert message in fault.message
    assert cure in fault.cure
    assert fault.line == line
    assert fault.file.startswith("toy/")
    assert f"line {line}" in str(fault)
    assert fault.as_dict()["line"] == str(line)


@pytest.mark.parametrize("name", FOUND)
def test_a_pack_that_reads_well_and_is_wrong_is_found_out_with_its_line_and_the_cure(tmp_path, name):
    files, line, message, cure = FOUND[name]
    findings = check_book(read_all(write_toy(tmp_path, **files)))
    finding = next(item for item in findings if message in item.message)
    assert cure in finding.cure
    assert finding.origin.line == line
    assert f"line {line}" in str(finding)
    assert finding.as_dict()["line"] == line


def test_the_sound_toy_pack_has_no_finding(tmp_path):
    files = {"tables": RULES, "routes": ROUTE, "instruments": INSTRUMENT, "jurisdictions": PLACE}
    assert check_book(read_all(write_toy(tmp_path, **files))) == []
    assert toy_book(tmp_path, "first", "a", "id: R1").tables["t1"].title == "表一"
