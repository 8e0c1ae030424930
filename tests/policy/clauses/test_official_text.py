"""The office's own document, split and linked. The text here is made up; the official one stays with the office."""

from pathlib import Path

import docx
import pytest

from huancheng.evidence import InputFault
from huancheng.policy.clauses.official_text import (
    load_official_text,
    read_official_text,
    save_official_text,
    split_clauses,
)
from huancheng.policy.clauses.showing import list_entries, say_reference, show_reference

TEXT = """关于某事的意见（虚构）
　　为做好某事，制定本意见。
　　一、总则
　　建设宜居城市。提升环境质量；提升生活质量。
　　五、步骤
　　（四）项目。遵循留、改、拆优先级确定项目。年度实施计划报同级批准，并报市城市更新工作专班审核后组织实施。
　　附件
　　工作专班名单
"""

REAL = Path(__file__).parents[3].parent / "shared" / "policy" / "liaozhengzi-2023-7.md"


def test_a_document_is_split_at_its_own_numbers():
    clauses = split_clauses(TEXT.splitlines())
    assert list(clauses) == ["前言", "一", "五", "五(四)", "附件"]
    assert clauses["一"] == ("总则", "建设宜居城市。", "提升环境质量；", "提升生活质量。")


def test_a_requirement_is_linked_to_its_sentence(book, tmp_path):
    path = tmp_path / "意见.txt"
    path.write_text(TEXT, "utf-8")
    text = read_official_text(path, book.citations)
    assert text.sentence("5.4-6").startswith("年度实施计划报同级批准")
    assert text.sentence("7.1-3") == ""
    saved = save_official_text(text, tmp_path / "office", book.pack.id)
    assert load_official_text(saved.parent, book.pack.id) == text
    assert load_official_text(tmp_path, book.pack.id) is None
    saved.write_text("{}", "utf-8")
    with pytest.raises(InputFault, match="damaged"):
        load_official_text(saved.parent, book.pack.id)


def test_txt_in_the_national_code_and_docx_read_alike(book, tmp_path):
    plain = tmp_path / "gb.txt"
    plain.write_bytes(TEXT.encode("gb18030"))
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "意见.docx"))
    first, second = (read_official_text(path, book.citations) for path in (plain, tmp_path / "意见.docx"))
    assert (first.clauses, first.links) == (second.clauses, second.links)


def test_what_can_not_be_read_is_refused(book, tmp_path):
    broken = tmp_path / "x.docx"
    broken.write_bytes(b"no zip")
    with pytest.raises(InputFault, match="no readable docx"):
        read_official_text(broken, book.citations)
    noise = tmp_path / "x.txt"
    noise.write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputFault, match="neither UTF-8 nor GB 18030"):
        read_official_text(noise, book.citations)
    with pytest.raises(InputFault, match="can't be read"):
        read_official_text(tmp_path / "none.txt", book.citations)
    other = tmp_path / "other.txt"
    other.write_text("九、别的事\n（一）与此无关。", "utf-8")
    with pytest.raises(InputFault, match="none of the pack's clauses"):
        read_official_text(other, book.citations)


def test_a_clause_opens_at_its_official_sentences(book, tmp_path):
    path = tmp_path / "意见.txt"
    path.write_text(TEXT, "utf-8")
    text = read_official_text(path, book.citations)
    shown = show_reference(book, "五（四）", text)
    assert len(shown["requirements"]) == 7
    assert any("原文：" in line for line in say_reference(shown))
    assert any("意见未写明，默认" in line for line in say_reference(shown))
    single = show_reference(book, "5.5-1", None)
    assert any("留白 selector：默认" in line for line in say_reference(single))
    law = show_reference(book, "civil-code/278", None)
    assert "owner_vote/V2" in law["cited_by"]
    assert "引用者" in say_reference(law)[-1]
    with pytest.raises(InputFault, match="no clause, requirement or provision '九'"):
        show_reference(book, "九", None)
    assert {"id": "scheme", "title": "城市更新项目实施方案"} in list_entries(book, "instruments")
    assert list_entries(book, "clauses")[0] == {"id": "前言", "title": "制定目的"}


@pytest.mark.skipif(not REAL.exists(), reason="the official text does not lie beside the project")
def test_every_requirement_finds_its_sentence_in_the_real_document(book, tmp_path):
    copy = tmp_path / "意见.txt"
    copy.write_bytes(REAL.read_bytes())
    text = read_official_text(copy, book.citations)
    assert set(text.links) == set(book.citations.requirements)
    assert "协议出让或者公开招拍挂" in text.sentence("7.1-3")
    assert "审核后组织实施" in text.sentence("5.4-6")
