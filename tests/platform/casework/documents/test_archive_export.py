"""The case file holds everything, reads back as it was written, and proves that nothing changed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.documents.dossier import dossier_of
from huancheng.platform.casework.domain import archive_export
from huancheng.platform.casework.domain.archive_export import Unverified, pack, weight_of
from huancheng.platform.casework.models import PaperVersion
from huancheng.platform.files.domain.store import place_of, storage
from tests.platform.casework.documents.conftest import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def packed(with_papers):
    """Return the members of the archive by their path inside the folder."""
    out = io.BytesIO()
    pack(standing(with_papers.pk), out)
    with zipfile.ZipFile(out) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_it_holds_every_version_of_every_paper_and_the_copies_for_the_public(packed):
    assert [name for name in packed if name.startswith("附件/")] == [
        "附件/001_单元规划正文/v01_单元规划正文.docx",
        "附件/001_单元规划正文/v02_单元规划正文（二稿）.docx",
        "附件/001_单元规划正文/v02_公开版1_公开版.pdf".replace("公开版1_", f"公开版{_copy()}_"),
        "附件/002_关于指定编制单位的批复/v01_b_批复_.pdf",
    ]


def _copy() -> int:
    from huancheng.platform.casework.models import PublicCopy

    return PublicCopy.objects.get().pk


def test_every_file_is_listed_with_its_digest(packed):
    listed = dict(reversed(line.split("  ")) for line in packed["清单.sha256"].decode().splitlines())
    assert set(listed) == set(packed) - {"清单.sha256"}
    assert all(hashlib.sha256(packed[name]).hexdigest() == digest for name, digest in listed.items())


def test_the_index_names_papers_numbers_dates_pages_and_digests(packed):
    rows = list(load_workbook(io.BytesIO(packed["目录.xlsx"])).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("件号", "题名")
    last = rows[-1]
    assert last[:7] == (2, "关于指定编制单位的批复", "批复扫描件", "第1版", "临政字〔2026〕12号", "2026-03-02", 3)
    assert last[9] == PaperVersion.objects.last().stored.sha256
    assert last[8] in packed


def test_the_log_can_be_checked_without_the_program(packed, with_papers):
    """As the note in the archive tells it."""
    entries = [json.loads(line) for line in packed["经过.jsonl"].decode().splitlines()]
    assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
    previous = ""
    for entry in entries:
        fields = (
            "stream",
            "sequence",
            "code",
            "at",
            "day",
            "actor",
            "body",
            "on_behalf_of",
            "role",
            "request",
            "data",
            "previous",
        )
        content = {**{name: entry[name] for name in fields}, "words": entry["words_digest"]}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert entry["previous"] == previous
        assert hashlib.sha256(text.encode()).hexdigest() == entry["digest"]
        if entry["text"]:
            words = hashlib.sha256(f"{entry['salt']}\n{entry['text']}".encode()).hexdigest()
            assert words == entry["words_digest"]
        previous = entry["digest"]
    assert previous in packed["校验说明.txt"].decode("utf-8-sig")
    assert previous == Entry.objects.filter(stream=with_papers.stream).last().digest


def test_the_facts_are_there_for_programs_and_for_people(packed, with_papers):
    facts = json.loads(packed["案卷信息.json"])
    assert facts["案卷号"] == with_papers.number
    assert facts["state"]["route"] == with_papers.route
    assert packed["案卷说明.pdf"].startswith(b"%PDF")
    assert zipfile.is_zipfile(io.BytesIO(packed["案卷说明.docx"]))


def test_the_same_case_gives_the_same_bytes(with_papers):
    first, second = io.BytesIO(), io.BytesIO()
    pack(standing(with_papers.pk), first)
    pack(standing(with_papers.pk), second)
    assert first.getvalue() == second.getvalue()


def test_a_file_changed_in_the_store_stops_the_export(with_papers):
    stored = PaperVersion.objects.last().stored
    path = Path(storage().path(place_of(stored.sha256)))
    path.write_bytes(b"x" * stored.size)
    with pytest.raises(Unverified, match="not what was taken in"):
        pack(standing(with_papers.pk), io.BytesIO())


def test_what_does_not_read_back_is_noticed(with_papers, monkeypatch):
    verify = archive_export._verify

    def tampered(out, folder, digests):
        return verify(out, folder, {**digests, next(iter(digests)): "0" * 64})

    monkeypatch.setattr(archive_export, "_verify", tampered)
    with pytest.raises(Unverified, match="read back"):
        pack(standing(with_papers.pk), io.BytesIO())


def test_a_missing_member_is_noticed(with_papers, monkeypatch):
    verify = archive_export._verify
    monkeypatch.setattr(
        archive_export, "_verify", lambda out, folder, digests: verify(out, folder, {**digests, "x": ""})
    )
    with pytest.raises(Unverified, match="missing"):
        pack(standing(with_papers.pk), io.BytesIO())


def test_the_weight_is_that_of_the_papers(with_papers, case):
    assert weight_of(standing(with_papers.pk)) > 0


def test_an_empty_case_can_be_packed_too(case):
    out = io.BytesIO()
    packed = pack(standing(case.pk), out)
    assert (packed.name, packed.files) == (f"{case.number}.zip", 7)
    assert dossier_of(standing(case.pk)).case == case
