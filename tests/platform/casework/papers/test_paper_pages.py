"""The pages of papers: what is there, what is wanted, and only for those who may."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huancheng.platform.casework.domain.papers import (
    Description,
    add_paper,
    offer_public_copy,
    replace_paper,
    settle_public_copy,
)
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case, Paper, PublicCopy
from huancheng.platform.casework.queries.papers import papers_of
from huancheng.platform.files.models import StoredFile, Upload
from tests.platform.casework.papers.conftest import COMPILER, STRANGER
from tests.platform.files import samples

pytestmark = pytest.mark.django_db
AUDITOR = ("市专班办公室", "auditor")


def page(name: str, *numbers: int) -> str:
    return reverse(f"casework:{name}", args=numbers)


def file(data: bytes | None = None, name: str = "方案.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data if data is not None else samples.word("稿"))


def fields(**more):
    return {"title": "定位说明", "kind": "body", "slot": "单元发展定位", "number": "", "dated": "", **more}


@pytest.fixture
def client(client_as):
    return client_as(*COMPILER)


@pytest.fixture
def second(client_as):
    return client_as(*COMPILER, 2)


class TestTheCase:
    """The section of the case page."""

    def test_what_the_law_asks_for_stands_there_as_empty_slots(self, case, compiler):
        names = [slot.name for slot in papers_of(case, compiler).wanted]
        assert names[:2] == ["单元发展定位", "规划控制指标"]
        assert "与三类规划的冲突清单" in names

    def test_a_paper_fills_its_slot(self, case, paper, compiler):
        found = papers_of(case, compiler)
        assert "单元发展定位" not in {slot.name for slot in found.wanted}
        assert [view.paper for view in found.papers] == [paper]

    @pytest.mark.usefixtures("paper")
    def test_the_case_page_shows_papers_slots_and_what_can_be_printed(self, client, case):
        text = client.get(page("case", case.pk)).content.decode()
        assert "单元发展定位说明" in text
        assert "规划控制指标" in text
        assert "呈批表" in text

    @pytest.mark.usefixtures("paper")
    def test_three_papers_cost_no_more_queries_than_one(self, case, taken, compiler, django_assert_num_queries):
        standing = standing_of(Case.objects.select_related("subject", "opened_by").get(pk=case.pk))
        papers_of(standing.case, compiler, standing)
        with CaptureQueriesContext(connection) as one:
            papers_of(standing.case, compiler, standing)
        for number in range(2):
            other = add_paper(
                case.pk, taken(samples.pdf(number + 1), "a.pdf"), Description(f"图{number}", "drawings"), compiler
            )
            replace_paper(other, taken(samples.pdf(number + 5), "b.pdf"), compiler)
            offer_public_copy(other.versions.last(), None, compiler)
        with django_assert_num_queries(len(one)):
            papers_of(standing.case, compiler, standing)


class TestAdding:
    """Adding with a plain form, and with an upload that went before it."""

    def test_the_form_knows_the_slot_one_came_from(self, client, case):
        text = client.get(page("paper-add", case.pk) + "?slot=规划控制指标").content.decode()
        assert '<option value="规划控制指标" selected>' in text

    def test_a_plain_form_adds_a_paper(self, client, case):
        response = client.post(page("paper-add", case.pk), fields(file=file(), version=case.version))
        added = Paper.objects.get()
        assert response["Location"] == page("paper", added.pk)
        assert added.versions.get().name == "方案.docx"

    def test_so_does_an_upload_that_went_before(self, client, case):
        data = samples.word("大文件")
        upload = client.post(reverse("files:uploads"), {"name": "大.docx", "size": len(data)}).json()["id"]
        client.put(reverse("files:upload", args=[upload]) + "?offset=0", data, content_type="application/octet-stream")
        client.post(page("paper-add", case.pk), fields(**{"file-upload": upload}))
        assert Paper.objects.get().versions.get().name == "大.docx"

    def test_another_person_s_upload_is_none(self, client, second, case):
        data = samples.word()
        upload = second.post(reverse("files:uploads"), {"name": "大.docx", "size": len(data)}).json()["id"]
        second.put(reverse("files:upload", args=[upload]) + "?offset=0", data, content_type="application/octet-stream")
        response = client.post(page("paper-add", case.pk), fields(**{"file-upload": upload}))
        assert response.status_code == 422
        assert "上传已过期" in response.content.decode()
        assert not Paper.objects.exists()

    @pytest.mark.parametrize("upload", ["x", "' OR 1=1", "00000000-0000-0000-0000-000000000000"])
    def test_a_made_up_upload_is_none(self, client, case, upload):
        response = client.post(page("paper-add", case.pk), fields(**{"file-upload": upload}))
        assert (response.status_code, Paper.objects.count()) == (422, 0)

    def test_without_a_file_one_is_asked_for(self, client, case):
        response = client.post(page("paper-add", case.pk), fields())
        assert "请选择文件" in response.content.decode()

    def test_a_hostile_file_is_refused_at_its_field(self, client, case):
        response = client.post(page("paper-add", case.pk), fields(file=file(b"MZ" + bytes(99), "批复.pdf")))
        assert "文件里有可执行程序" in response.content.decode()
        assert not StoredFile.objects.exists()

    def test_a_form_shown_again_still_has_its_file(self, client, case):
        response = client.post(page("paper-add", case.pk), fields(file=file(), title=""))
        held = Upload.objects.get()
        assert f'value="{held.pk}"' in response.content.decode()
        client.post(page("paper-add", case.pk), fields(**{"file-upload": held.pk}))
        assert Paper.objects.get().versions.get().name == "方案.docx"

    def test_a_slot_the_law_does_not_know_is_refused(self, client, case):
        response = client.post(page("paper-add", case.pk), fields(file=file(), slot="任意"))
        assert (response.status_code, Paper.objects.count()) == (422, 0)

    @pytest.mark.usefixtures("paper")
    def test_an_old_page_is_told(self, client, case):
        response = client.post(page("paper-add", case.pk), fields(file=file(), version=case.version))
        assert response.status_code == 409
        assert "刚刚被他人办理过" in response.content.decode()

    def test_nothing_else_can_be_set(self, client, case):
        """Mass assignment: position, case and publication are not the form's."""
        client.post(page("paper-add", case.pk), fields(file=file(), position=99, case=12345, published=1))
        added = Paper.objects.get()
        assert (added.position, added.case_id, added.published_id) == (1, case.pk, None)


class TestChanging:
    """Replacing and describing."""

    def test_a_new_version_is_brought_and_compared(self, client, paper):
        client.post(page("paper-replace", paper.pk), {"file": file(samples.word("第一稿", "新增一段"))})
        text = client.get(page("paper-difference", paper.pk)).content.decode()
        assert "新增一段" in text
        assert "第 1 版与第 2 版比较" in text

    def test_files_without_readable_text_are_compared_by_hand(self, client, paper):
        client.post(page("paper-replace", paper.pk), {"file": file(samples.pdf(), "方案.pdf")})
        assert "请分别下载对照" in client.get(page("paper-difference", paper.pk)).content.decode()

    def test_the_first_version_has_nothing_to_compare_with(self, client, paper):
        assert client.get(page("paper-difference", paper.pk) + "?to=1").status_code == 404

    def test_the_same_file_again_is_told_at_the_field(self, client, paper):
        data = samples.word("唯一")
        client.post(page("paper-replace", paper.pk), {"file": file(data)})
        response = client.post(page("paper-replace", paper.pk), {"file": file(data)})
        assert "同一个文件" in response.content.decode()

    def test_a_description_is_mended(self, client, paper):
        client.post(
            page("paper-describe", paper.pk), fields(title="新题名", number="临政字〔2026〕1号", dated="2026-03-01")
        )
        assert Paper.objects.get().title == "新题名"

    def test_who_sees_all_but_may_not_write_is_told_so(self, client_as, case, paper):
        auditor = client_as(*AUDITOR)
        assert auditor.get(page("paper", paper.pk)).status_code == 200
        assert auditor.get(page("paper-replace", paper.pk)).status_code == 403
        assert auditor.post(page("paper-add", case.pk), fields(file=file())).status_code == 403

    def test_a_stranger_finds_nothing(self, client_as, paper):
        stranger = client_as(*STRANGER)
        for name in ("paper", "paper-replace", "paper-describe", "paper-public-copy", "paper-difference"):
            assert stranger.get(page(name, paper.pk)).status_code == 404


class TestPublishing:
    """Two people, and nothing before both have looked."""

    def offer(self, client, paper):
        return client.post(page("paper-public-copy", paper.pk), {"file": file(samples.pdf(), "公开版.pdf")})

    def test_from_offer_to_publication_and_back(self, client, second, paper):
        self.offer(client, paper)
        assert "公开版待复核" in client.get(page("paper", paper.pk)).content.decode()
        assert client.get(page("paper-settle", paper.pk)).status_code == 403
        assert second.get(page("paper-settle", paper.pk)).status_code == 200
        second.post(page("paper-settle", paper.pk), {"confirmed": "1", "words": ""})
        client.post(page("paper-publish", paper.pk))
        assert Paper.objects.get().published == PublicCopy.objects.get()
        client.post(page("paper-unpublish", paper.pk), {"reason": "有误"})
        assert Paper.objects.get().published is None

    def test_sending_back_needs_words(self, client, second, paper):
        self.offer(client, paper)
        response = second.post(page("paper-settle", paper.pk), {"confirmed": "0", "words": ""})
        assert "请写明哪里还须涂黑" in response.content.decode()
        second.post(page("paper-settle", paper.pk), {"confirmed": "0", "words": "电话"})
        assert PublicCopy.objects.get().refused_at is not None

    def test_the_original_may_serve_and_one_of_the_two_must_be_chosen(self, client, paper):
        both = {"file": file(samples.pdf(), "a.pdf"), "unchanged": "on"}
        assert client.post(page("paper-public-copy", paper.pk), both).status_code == 422
        assert client.post(page("paper-public-copy", paper.pk), {}).status_code == 422
        assert client.post(page("paper-public-copy", paper.pk), {"unchanged": "on"}).status_code == 302

    def test_publishing_without_a_confirmed_copy_is_told(self, client, paper):
        response = client.post(page("paper-publish", paper.pk), follow=True)
        assert "没有经第二人复核的公开版" in response.content.decode()

    def test_an_old_public_copy_is_marked(self, client, paper, compiler, colleague):
        copy = offer_public_copy(paper.versions.get(), None, compiler)
        settle_public_copy(copy, colleague, confirmed=True)
        client.post(page("paper-publish", paper.pk))
        client.post(page("paper-replace", paper.pk), {"file": file(samples.word("第二稿"))})
        assert "公众读到的是旧版的公开版" in client.get(page("paper", paper.pk)).content.decode()
