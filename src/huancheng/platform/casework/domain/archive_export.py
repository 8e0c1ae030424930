"""The case file for the archives office: one zip with index, papers, log and a way to check that nothing changed."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import translation

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.documents.dossier import Dossier, dossier_of
from huancheng.platform.casework.documents.record import case_facts, case_record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Paper, PaperVersion, PublicCopy
from huancheng.platform.files.domain.store import open_stored
from huancheng.platform.files.models import StoredFile
from huancheng.report.writers.sheets import Sheet, SheetColumn

_MOMENT = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1024 * 1024
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60
_STORED = frozenset({"pdf", "docx", "xlsx", "pptx", "ofd", "png", "jpeg", "shapefile"})
"""Formats that are packed already."""

_COLUMNS = tuple(
    SheetColumn(title, width)
    for title, width in (
        ("件号", 6), ("题名", 36), ("种类", 12), ("版本", 8), ("文号", 22), ("文件日期", 12), ("页数", 8),
        ("字节数", 14), ("文件", 60), ("SHA-256", 66), ("上传时间", 20),
    )
)  # fmt: skip

_CHECKING = """案卷 {number} 的校验方法

一、文件没有改动
　　清单.sha256 列有每个文件的 SHA-256。在本文件夹内运行：
　　　　sha256sum -c 清单.sha256
　　Windows 可用：certutil -hashfile 文件名 SHA256，与清单比对。

二、经过没有改动
　　经过.jsonl 每行一条记录，按 sequence 由 1 起连续。digest 是以下各项按键名排序、UTF-8、无空白的 JSON 的 SHA-256：
　　{fields}
　　其中 at 为自 1970 年起的秒数（六位小数），words 为该条文字的摘要（words_digest），previous 为上一条的 digest。
　　words_digest = SHA-256(salt + 换行 + text)；文字依申请删除的，text 与 salt 为空，摘要仍在。
　　最后一条的 digest 应为：{last}
　　正式系统中的同一案卷应有相同的 digest。

三、附件与经过一致
　　每个附件的 SHA-256 记在经过中 case.attach 的 data.sha256。
"""
_FIELDS = "stream sequence code at day actor body on_behalf_of role request data words previous"


class Unverified(Exception):
    """What was written differs from what should have been: the disk or the store is damaged."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was written and read back.

    Parameters
    ----------
    name
        Name of the file.
    files
        Files in it.
    size
        Bytes of them all, unpacked.
    """

    name: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A stored file with its place in the archive."""

    paper: Paper
    version: PaperVersion
    stored: StoredFile
    path: str
    edition: str


def weight_of(standing: CaseStanding) -> int:
    """Return the bytes of a case's papers: how much work packing is."""
    return sum(item.stored.size for item in _items(standing))


def pack(standing: CaseStanding, out: BinaryIO, progress: Callable[[int], None] = lambda _percent: None) -> Packed:
    """Pack a case; who may is decided by whoever calls. The same case gives the same bytes.

    Parameters
    ----------
    standing
        The case.
    out
        File to write to and read back from.
    progress
        Told how far it is, in per cent.

    Raises
    ------
    Unverified
        If the archive does not read back as it was written.
    """
    with translation.override("zh-hans"):
        dossier = dossier_of(standing)
        items = list(_items(standing))
    folder = _fit(standing.case.number)
    digests: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, item in enumerate(items):
            progress(number * 80 // len(items))
            digests[item.path] = _add_stored(archive, f"{folder}/{item.path}", item.stored)
        for name, data in _made(dossier, items):
            digests[name] = _add(archive, f"{folder}/{name}", data)
        listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        _add(archive, f"{folder}/清单.sha256", listed.encode())
    progress(85)
    size = _verify(out, folder, digests)
    return Packed(f"{folder}.zip", len(digests) + 1, size)


def _items(standing: CaseStanding) -> Iterator[_Item]:
    papers = standing.case.papers.prefetch_related("versions__stored", "versions__public_copies__stored")
    for paper in papers:
        place = f"附件/{paper.position:03d}_{_fit(paper.title)}"
        for version in paper.versions.all():
            path = f"{place}/v{version.number:02d}_{_fit(version.name)}"
            yield _Item(paper, version, version.stored, path, f"第{version.number}版")
            for copy in version.public_copies.all():
                state = _state_of(copy, paper)
                path = f"{place}/v{version.number:02d}_公开版{copy.pk}_{_fit(copy.name)}"
                yield _Item(paper, version, copy.stored, path, f"第{version.number}版{state}")


def _state_of(copy: PublicCopy, paper: Paper) -> str:
    if copy.pk == paper.published_id:
        return "公开版"
    return "公开版（待复核）" if copy.is_waiting else "公开版（已退回）" if copy.refused_at else "公开版（未公开）"


def _made(dossier: Dossier, items: list[_Item]) -> Iterator[tuple[str, bytes]]:
    """Yield what is written for the archive itself."""
    from huancheng.report.writers.docx import write_docx
    from huancheng.report.writers.pdf import write_pdf
    from huancheng.report.writers.workbook import write_workbook

    record = case_record(dossier, [(item.paper, item.version, item.edition, item.stored) for item in items])
    with tempfile.TemporaryDirectory(prefix="huancheng-archive-") as name:
        room = Path(name)
        write_docx(record, room / "a.docx")
        write_pdf(record, room / "a.pdf")
        title, author = f"{dossier.case.number} 目录", dossier.case.opened_by.name
        sheet = Sheet("目录", _COLUMNS, [_row(item) for item in items])
        write_workbook(room / "a.xlsx", [sheet], title=title, author=author, dated=dossier.day.isoformat())
        yield "案卷说明.docx", (room / "a.docx").read_bytes()
        yield "案卷说明.pdf", (room / "a.pdf").read_bytes()
        yield "目录.xlsx", (room / "a.xlsx").read_bytes()
    facts = json.dumps(case_facts(dossier), ensure_ascii=False, indent=1, sort_keys=True)
    yield "案卷信息.json", f"{facts}\n".encode()
    yield "经过.jsonl", "".join(f"{_entry(entry)}\n" for entry in dossier.entries).encode()
    words = _CHECKING.format(number=dossier.case.number, fields=_FIELDS, last=dossier.entries[-1].digest)
    yield "校验说明.txt", words.encode("utf-8-sig")


def _row(item: _Item) -> list[str | int | None]:
    paper, stored = item.paper, item.stored
    dated = paper.dated.isoformat() if paper.dated else ""
    return [
        paper.position, paper.title, paper.get_kind_display(), item.edition, paper.number, dated, stored.pages,
        stored.size, item.path, stored.sha256, item.version.brought_at.astimezone().strftime("%Y-%m-%d %H:%M"),
    ]  # fmt: skip


def _entry(entry: LogEntry) -> str:
    words = getattr(entry, "words", None)
    said: dict[str, Any] = {
        name: getattr(entry, name)
        for name in ("stream", "sequence", "code", "actor", "body", "on_behalf_of", "role", "request", "data")
    }
    said |= {
        "at": f"{entry.at.timestamp():.6f}", "day": entry.day.isoformat(), "words_digest": entry.words_digest,
        "previous": entry.previous, "digest": entry.digest,
        "text": words.text if words else "", "salt": words.salt if words else "",
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _add_stored(archive: zipfile.ZipFile, path: str, stored: StoredFile) -> str:
    """Copy a stored file into the archive block by block; returns the digest of what was read."""
    entry = _zip_entry(path)
    entry.compress_type = zipfile.ZIP_STORED if stored.format in _STORED else zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    with open_stored(stored) as source, archive.open(entry, "w", force_zip64=stored.size > 1 << 31) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != stored.sha256:
        raise Unverified(f"{path} is not what was taken in")
    return stored.sha256


def _add(archive: zipfile.ZipFile, path: str, data: bytes) -> str:
    archive.writestr(_zip_entry(path), data)
    return hashlib.sha256(data).hexdigest()


def _zip_entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _verify(out: BinaryIO, folder: str, digests: dict[str, str]) -> int:
    """Read everything back and compare digests; returns the bytes read."""
    size = 0
    out.seek(0)
    with zipfile.ZipFile(out) as archive:
        if set(archive.namelist()) != {f"{folder}/{name}" for name in (*digests, "清单.sha256")}:
            raise Unverified("files are missing")
        for name, wanted in digests.items():
            found = hashlib.sha256()
            with archive.open(f"{folder}/{name}") as stream:
                while block := stream.read(_BLOCK):
                    found.update(block)
                    size += len(block)
            if found.hexdigest() != wanted:
                raise Unverified(f"{name} does not read back")
    out.seek(0)
    return size


def _fit(name: str) -> str:
    """Return a name fit for a folder or file on any system, its extension kept."""
    stem, dot, extension = _UNFIT.sub("_", name).strip(" .").rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{extension[:_LONGEST]}" if stem else extension[:_LONGEST] or "无题"
