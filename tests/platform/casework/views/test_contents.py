"""Contents are typed, saved as one types, and read with what changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.returning import request_correction, supply_correction
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Part
from tests.platform.casework.walking import OFFICE, day

pytestmark = pytest.mark.django_db

PART = "单元发展定位"


@pytest.fixture
def compiling(plan):
    with day(0):
        plan.carry_out("designate")
    return plan


def client_of(acting):
    client = Client()
    client.force_login(Person.objects.get(pk=acting.person))
    return client


def test_a_part_is_saved_while_it_is_typed_and_the_next_version_comes_back(compiling):
    client = client_of(compiling.officer_of("compile"))
    url = reverse("casework:save-part", args=[compiling.pk, 1])
    answer = client.post(url, {"text-1": "第一行\r\n第二行", "version-1": "0"})
    assert answer.status_code == 200
    assert 'id="version-1" name="version-1" value="1"' in answer.content.decode()
    assert Part.objects.get(name=PART).text == "第一行\n第二行"
    again = client.post(url, {"text-1": "旧页面", "version-1": "0"})
    assert again.status_code == 409
    assert "同事刚刚保存过" in again.content.decode()
    assert client.post(reverse("casework:save-part", args=[compiling.pk, 9]), {"text-9": "x"}).status_code == 404


def test_without_scripts_one_button_saves_all_parts(compiling):
    client = client_of(compiling.officer_of("compile"))
    url = reverse("casework:contents", args=[compiling.pk])
    assert "还有 6 部分没有写" in client.get(url).content.decode()
    data = {f"text-{place}": f"第{place}部分" for place in range(1, 7)} | {f"version-{p}": "0" for p in range(1, 7)}
    assert client.post(url, data).status_code == 302
    assert compiling.case.parts.count() == 6
    assert "各部分都已写好" in client.get(url).content.decode()


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_and_ones_own_words_stay(compiling):
    client = client_of(compiling.officer_of("compile"))
    write_part(compiling.pk, PART, "同事的", compiling.acting("临河县指定的编制部门", "compiler", 2))
    answer = client.post(reverse("casework:contents", args=[compiling.pk]), {"text-1": "我的", "version-1": "0"})
    assert answer.status_code == 409
    assert "我的</textarea>" in answer.content.decode()
    assert Part.objects.get(name=PART).text == "同事的"


def test_an_edition_is_read_with_what_changed(plan):
    with day(0):
        plan.until("review")
        request_correction(plan.pk, "review", plan.officer_of("review"), words="改")
        write_part(plan.pk, PART, f"{PART}：修改后的文字。", plan.officer_of("compile"))
        supply_correction(plan.pk, "review", plan.acting(OFFICE, "clerk"))
    client = client_of(plan.acting(OFFICE, "officer"))
    text = client.get(reverse("casework:edition", args=[plan.pk, 2])).content.decode()
    assert f"改了 1 部分：{PART}" in text
    assert "<del>示例</del><ins>修改后的</ins>" in text
    assert "第 1 稿" in client.get(reverse("casework:edition", args=[plan.pk, 1])).content.decode()
    assert client.get(reverse("casework:edition", args=[plan.pk, 3])).status_code == 404
