"""Papers are added, replaced and described by those who may; nothing is lost, and the log tells of each change."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.papers import (
    Description,
    PaperFault,
    add_paper,
    describe_paper,
    offer_public_copy,
    publish_paper,
    replace_paper,
    settle_public_copy,
    unpublish_paper,
)
from huancheng.platform.casework.models import Case, Paper, PublicCopy
from tests.platform.casework.papers.conftest import APPROVER, STRANGER
from tests.platform.files import samples

pytestmark = pytest.mark.django_db


def entries(case):
    return list(Entry.objects.filter(stream=case.stream, code="case.attach").order_by("sequence"))


def test_a_paper_is_added_with_its_first_version(paper):
    assert (paper.position, paper.versions.get().number) == (1, 1)


def test_the_log_names_the_file_by_its_digest_and_its_name_only_in_erasable_words(case, paper):
    entry = entries(case)[-1]
    version = paper.versions.get()
    assert entry.data["sha256"] == version.stored.sha256
    assert "张三" not in str(entry.data)
    assert entry.words.text == "单元发展定位说明｜张三的方案.docx"


def test_adding_a_paper_counts_in_the_version_of_the_case(case, paper):
    assert Case.objects.get().version == case.version + 1


def test_papers_are_numbered_in_order(case, taken, compiler, paper):
    second = add_paper(case.pk, taken(samples.pdf(), "批复.pdf"), Description("批复", "approval"), compiler)
    assert second.position == 2


def test_another_countys_compiler_cannot_add_one(case, taken, acting):
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        add_paper(case.pk, taken(), Description("冒名", "body"), acting(*STRANGER))
    assert Entry.objects.count() == before
    assert not Paper.objects.exists()


def test_who_adds_on_an_old_page_is_told(case, paper, taken, compiler):
    with pytest.raises(Overtaken):
        add_paper(case.pk, taken(), Description("迟到", "annex"), compiler, expected=case.version)


def test_replacing_keeps_the_old_version(case, paper, taken, compiler):
    version = replace_paper(paper, taken(samples.word("第二稿"), "二稿.docx"), compiler)
    assert version.number == 2
    assert [row.number for row in paper.versions.all()] == [1, 2]
    assert entries(case)[-1].data["change"] == "replaced"


def test_the_same_file_is_no_new_version(paper, taken, compiler):
    with pytest.raises(PaperFault, match="同一个文件"):
        replace_paper(paper, taken(), compiler)
    assert paper.versions.count() == 1


def test_a_description_is_mended_and_the_old_one_stays_in_the_log(case, paper, compiler):
    mended = Description("定位说明（修订）", "body", "单元发展定位", "临资规〔2026〕3号", date(2026, 3, 1))
    describe_paper(paper, mended, compiler)
    entry = entries(case)[-1]
    assert entry.data["values"] == {"number": ["", "临资规〔2026〕3号"], "dated": [None, "2026-03-01"]}
    assert entry.words.text == "单元发展定位说明 → 定位说明（修订）"


def test_an_unchanged_description_leaves_no_entry(case, paper, compiler):
    before = len(entries(case))
    describe_paper(paper, Description("单元发展定位说明", "body", "单元发展定位"), compiler)
    assert len(entries(case)) == before


class TestPublicCopies:
    """A copy for the public needs two people."""

    @pytest.fixture
    def copy(self, paper, taken, compiler):
        return offer_public_copy(paper.versions.get(), taken(samples.pdf(), "公开版.pdf"), compiler)

    def test_its_maker_cannot_confirm_it(self, copy, compiler):
        with pytest.raises(NotAllowed, match="第二人"):
            settle_public_copy(copy, compiler, confirmed=True)

    def test_nor_can_somebody_in_its_makers_name(self, copy, colleague, compiler):
        from dataclasses import replace

        with pytest.raises(NotAllowed, match="第二人"):
            settle_public_copy(copy, replace(colleague, on_behalf_of=compiler.person), confirmed=True)

    def test_nor_past_the_domain_functions(self, copy):
        with pytest.raises(IntegrityError), transaction.atomic():
            PublicCopy.objects.filter(pk=copy.pk).update(confirmed_by=copy.made_by)

    @pytest.mark.usefixtures("copy")
    def test_unconfirmed_it_is_not_published(self, paper, compiler):
        with pytest.raises(PaperFault, match="第二人复核"):
            publish_paper(paper, compiler)

    def test_confirmed_by_a_colleague_it_is(self, paper, copy, compiler, colleague, case):
        settle_public_copy(copy, colleague, confirmed=True)
        publish_paper(paper, compiler)
        assert Paper.objects.get().published == copy
        assert [entry.data["change"] for entry in entries(case)][-3:] == [
            "public_copy_offered", "public_copy_confirmed", "published",
        ]  # fmt: skip

    def test_sent_back_it_is_not_published_and_another_may_be_offered(self, paper, copy, compiler, colleague, taken):
        settle_public_copy(copy, colleague, confirmed=False, words="电话未涂黑")
        with pytest.raises(PaperFault):
            publish_paper(paper, compiler)
        offer_public_copy(paper.versions.get(), taken(samples.pdf(2), "公开版2.pdf"), compiler)

    @pytest.mark.usefixtures("copy")
    def test_two_do_not_wait_at_once(self, paper, compiler):
        with pytest.raises(PaperFault, match="待复核"):
            offer_public_copy(paper.versions.get(), None, compiler)

    def test_it_is_settled_once(self, copy, colleague, acting):
        settle_public_copy(copy, colleague, confirmed=True)
        with pytest.raises(PaperFault, match="已经复核"):
            settle_public_copy(copy, acting(*APPROVER), confirmed=False)

    def test_an_original_that_hides_nothing_may_serve_as_its_own_copy(self, paper, compiler, case):
        copy = offer_public_copy(paper.versions.get(), None, compiler)
        assert copy.stored == paper.versions.get().stored
        assert entries(case)[-1].data["unchanged"] is True

    def test_a_stranger_cannot_confirm(self, copy, acting):
        with pytest.raises(NotAllowed):
            settle_public_copy(copy, acting(*STRANGER), confirmed=True)

    def test_nobody_in_particular_cannot_offer_one(self, paper, compiler):
        from dataclasses import replace

        with pytest.raises(NotAllowed, match="本人"):
            offer_public_copy(paper.versions.get(), None, replace(compiler, person=None))

    def test_it_is_taken_back_with_a_reason(self, paper, copy, compiler, colleague):
        settle_public_copy(copy, colleague, confirmed=True)
        publish_paper(paper, compiler)
        with pytest.raises(PaperFault, match="理由"):
            unpublish_paper(paper, compiler, reason=" ")
        unpublish_paper(paper, compiler, reason="发现未涂黑的电话")
        assert Paper.objects.get().published is None
        with pytest.raises(PaperFault, match="没有公开"):
            unpublish_paper(paper, compiler, reason="再来一次")
