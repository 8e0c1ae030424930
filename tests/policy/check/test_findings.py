"""`policy check` on the shipped packs: nothing to find in them, and every single spoiling found with its place."""

from huancheng.policy.check import check_book
from huancheng.policy.check.findings import Finding
from huancheng.policy.pack.collection import Origin

LAND, RIGHTS = "liaocheng-2023/tables/land.yaml", "liaocheng-2023/routes/rights.yaml"
HOUSES = "liaocheng-2023/tables/registration.yaml"
PROJECTS = "liaocheng-2023/routes/projects.yaml"
BONDS = "national/tables/procurement.yaml"

FLOOR = "{coverage_ratio: {lt: {parameter: coverage_floor}}}, outcome: blocked, "
DEFAULT = "basis: default, certainty: proposed"

SPOILT = [
    ("gap", "fragment_merge", LAND, "M4, outcome: allowed", "M4, when: {fragment_share: {lt: 0.05}}, outcome: allowed"),
    ("overlap", "mixed_use/X3", LAND, "{in_provincial_dev_zone: true, listed_compatible: false}",
     "{listed_compatible: false}"),
    ("unreachable_row", "unregistered_house/U1", HOUSES, "U0, when: {is_illegal_building: true},", "U0,"),
    ("uncited_row", "fragment_merge/M2", LAND, "text: 须与周边用地整合, cites: [7.1-1]", "text: 须与周边用地整合"),
    ("repeated_parameter", "fragment_merge/M3", LAND, "{gt: {parameter: fragment_share}}", "{gt: 0.1}"),
    ("weaker_parameter", "special_bond/Z6", BONDS,
     f'{FLOOR}text: "本息覆盖倍数低于{{coverage_floor}}（默认值）", {DEFAULT}',
     f"{FLOOR}text: 低, basis: law, certainty: read"),
    ("dangling_citation", "mixed_use/X2", LAND, "cites: [7.1-5, 7.1-6]", "cites: [7.1-5, 7.1-66]"),
    ("unresolved_body", "land-supply/appraise", RIGHTS, "body: appraiser, when:", "body: nobody, when:"),
    ("unresolved_body", "fragment_merge", LAND, "fragment_share]\n  competent: land_authority",
     "fragment_share]\n  competent: nobody"),
    ("uncited_step", "land-supply/archaeology", RIGHTS, "optional: true, cites: [relics-2024/archaeology]}",
     "optional: true}"),
    ("dangling_instrument", "land-supply", RIGHTS, "{id: scheme, instrument: scheme,",
     "{id: scheme, instrument: schema,"),
    ("dangling_instrument", "pre-protection", RIGHTS, "instrument: pre_protection\n", "instrument: protection\n"),
    ("body_without_level", "local_government", "liaocheng-2023/roles.yaml", "  level: county\n", ""),
    ("route_without_end", "government-recovery", RIGHTS, "body: recovery_confirmer, gate: true,",
     "body: recovery_confirmer,"),
    ("no_single_route", "unregistered_house_case", RIGHTS, "  instrument: unregistered_house_case\n",
     "  instrument: unregistered_house_case\n  when: {in_central_city: true}\n"),
    ("dangling_route", "scheme-escalated", PROJECTS, "from_route: scheme-ordinary", "from_route: scheme-lost"),
    ("uncited_requirement", "0-1", "liaocheng-2023/clauses.yaml", "check: 政策页列文号、日期、效力和后续文件",
     'check: ""'),
]  # fmt: skip


def test_the_shipped_packs_have_nothing_to_find(book, national):
    assert check_book(book) == []
    assert check_book(national) == []


def test_every_spoilt_line_of_the_shipped_packs_is_found_at_its_place(workshop):
    for _, _, file, old, new in SPOILT:
        workshop.edit(file, old, new)
    found = {(item.kind, item.key): item for item in check_book(workshop.book())}
    for kind, key, file, _, _ in SPOILT:
        finding = found[kind, key]
        assert finding.cure
        assert finding.origin.file == (file if kind != "no_single_route" else "liaocheng-2023/instruments.yaml")
        lines = (workshop.folder / finding.origin.file).read_text("utf-8").splitlines()
        assert key.split("/")[-1] in lines[finding.origin.line - 1]


def test_a_finding_reads_as_place_fault_and_cure():
    finding = Finding("gap", "no row covers it", Origin("p", "p/tables.yaml", 7), "t1", "add a row")
    assert str(finding) == "p/tables.yaml, line 7, t1: no row covers it — add a row"
    assert finding.as_dict() == {
        "kind": "gap",
        "message": "no row covers it",
        "file": "p/tables.yaml",
        "line": 7,
        "key": "t1",
        "cure": "add a row",
    }
