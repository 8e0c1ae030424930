from datetime import date

import pytest

from huancheng.evidence import Basis, InputFault
from huancheng.policy import Entry, PackFault, PackModel, load_pack, pack_names, packs_root
from huancheng.policy.pack.locate import PACKS_VARIABLE
from huancheng.policy.pack.scaffold import scaffold


class Items(PackModel):
    items: tuple[Entry, ...]


def test_a_pack_knows_its_parents_nearest_first():
    assert [pack.id for pack in load_pack("liaocheng-2023").lineage] == ["liaocheng-2023", "shandong", "national"]


def test_the_digest_changes_with_any_byte_of_pack_or_parent_but_not_with_line_ends(workshop):
    before = load_pack("liaocheng-2023", root=workshop.folder).digest
    assert before == load_pack(workshop.folder / "liaocheng-2023").digest
    path = workshop.folder / "national/law.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_pack("liaocheng-2023", root=workshop.folder).digest == before
    workshop.edit("national/law.yaml", "不少于三十日", "不少于四十日")
    assert load_pack("liaocheng-2023", root=workshop.folder).digest != before


def test_hidden_files_are_no_part_of_a_pack(workshop):
    before = load_pack("national", root=workshop.folder).digest
    workshop.write("national/.notes", "草稿")
    workshop.write("national/.cache/x.yaml", "a: 1")
    assert load_pack("national", root=workshop.folder).digest == before


def test_a_file_is_sought_in_the_pack_and_then_in_its_parents(workshop):
    text = "items:\n- {id: x, basis: seed, certainty: read, effective_from: 2024-01-01}\n"
    workshop.write("national/items.yaml", text)
    pack = load_pack("liaocheng-2023", root=workshop.folder)
    entry = pack.read("items.yaml", Items).items[0]
    assert (entry.basis, entry.effective_from) == (Basis.SEED, date(2024, 1, 1))
    workshop.write("liaocheng-2023/items.yaml", text.replace("id: x", "id: z"))
    assert pack.read("items.yaml", Items).items[0].id == "z"
    with pytest.raises(PackFault, match="none of the packs liaocheng-2023, shandong, national has the file"):
        pack.read("moon.yaml", Items)


def test_an_entry_is_in_force_between_its_dates():
    entry = Entry(
        id="x",
        basis="law",
        certainty="read",
        source="某法",
        clause="第一条",
        effective_from=date(2024, 1, 1),
        effective_to=date(2024, 12, 31),
    )
    assert [entry.in_force(date(year, 6, 1)) for year in (2023, 2024, 2025)] == [False, True, False]
    assert str(entry.citation) == "某法 第一条"


def test_packs_are_found_by_name_by_path_and_where_the_variable_points(workshop, monkeypatch, tmp_path):
    assert load_pack(workshop.folder / "shandong").id == "shandong"
    monkeypatch.setenv(PACKS_VARIABLE, str(workshop.folder))
    assert packs_root() == workshop.folder
    assert {"national", "shandong", "liaocheng-2023"} <= set(pack_names())
    monkeypatch.setenv(PACKS_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(PackFault, match="no folder of packs"):
        packs_root()


def test_a_pack_beside_the_work_may_be_named_by_its_folder_alone(workshop, monkeypatch, tmp_path):
    monkeypatch.chdir(workshop.folder)
    assert load_pack("shandong", root=tmp_path).id == "shandong"
    assert load_pack("./shandong").id == "shandong"


def test_a_pack_that_is_not_there_is_answered_with_those_that_are(workshop):
    with pytest.raises(PackFault, match=r"no pack 'atlantis'.*liaocheng-2023"):
        load_pack("atlantis", root=workshop.folder)


def test_files_that_can_not_be_read_are_named(workshop):
    pack = load_pack("national", root=workshop.folder)
    with pytest.raises(PackFault, match=r"national/moon.yaml: the file can't be read"):
        pack.document("moon.yaml")
    (workshop.folder / "national/gbk.yaml").write_bytes("名: 值".encode("gbk"))
    with pytest.raises(PackFault, match="not UTF-8"):
        pack.document("gbk.yaml")


def test_a_new_pack_is_written_once_and_reads_at_once(workshop):
    parent = load_pack("liaocheng-2023", root=workshop.folder)
    files = scaffold("anyang", parent, workshop.folder, title='安"阳', start=date(2024, 1, 1), example="chiping")
    assert [path.name for path in files] == ["pack.yaml", "jurisdictions.yaml", "bodies.yaml"]
    book = workshop.book("anyang")
    assert len(book.routes) == len(workshop.book().routes)
    with pytest.raises(PackFault, match="exists already"):
        scaffold("anyang", parent, workshop.folder, title="", start=date(2024, 1, 1), example="")
    with pytest.raises(InputFault, match="small letters"):
        scaffold("An Yang", parent, workshop.folder, title="", start=date(2024, 1, 1), example="")


def test_a_file_too_long_or_too_deep_is_refused(workshop):
    pack = load_pack("national", root=workshop.folder)
    workshop.write("national/deep.yaml", "a: " + "[" * 60 + "]" * 60)
    with pytest.raises(PackFault, match="nested more than 40"):
        pack.document("deep.yaml")
    workshop.write("national/long.yaml", "#" * 8_000_001)
    with pytest.raises(PackFault, match="8,000,001 characters"):
        pack.document("long.yaml")
