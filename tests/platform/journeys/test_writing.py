"""Contents are saved while they are typed; whoever sends them meanwhile meets no conflict with themselves."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from huancheng.platform.casework.domain.saved_answers import save_answer
from huancheng.platform.casework.models import Part

COMPILER = ("临河县指定的编制部门", "compiler")


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_what_is_on_its_way_arrives_before_the_whole(desk, begun):
    plan = begun("unit_plan", opener=COMPILER)
    plan.until("compile")
    compiler = desk(*COMPILER)
    compiler.open_case(plan.case.title)
    compiler.follow("编辑内容")
    saves = re.compile(re.escape(reverse("casework:save-part", args=[plan.pk, 1])))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    compiler.page.route(saves, hold)
    field = compiler.form.locator("textarea").first
    with compiler.page.expect_request(saves):
        field.fill("现状照片十二张")
    field.fill("现状照片十二张，见附册。")
    answered: list[int] = []
    compiler.page.on("response", lambda answer: answered.append(answer.status))
    with compiler.page.expect_navigation():
        compiler.form.get_by_role("button", name="保存并返回案卷").click()
        held[0].continue_()
    compiler.ready()
    expect(compiler.page.locator("ol.stations").first).to_be_visible()
    assert 409 not in answered
    part = Part.objects.get(case=plan.pk, text__contains="现状照片")
    assert (part.text, part.version) == ("现状照片十二张，见附册。", 2)
    assert len(held) == 1


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_a_saved_sentence_is_put_in_and_another_saved(desk, begun, acting):
    plan = begun("unit_plan")
    plan.until("review")
    body = ("临河县自然资源和规划局", "reviewer")
    save_answer("指标与专项规划一致，同意。", acting(*body))
    reviewer = desk(*body)
    reviewer.open_case(plan.case.title)
    reviewer.choose("作出决定")
    field = reviewer.form.get_by_label("意见", exact=True)
    reviewer.page.locator("summary", has_text="常用语").click()
    reviewer.page.get_by_role("button", name="指标与专项规划一致，同意。").click()
    expect(field).to_have_value("指标与专项规划一致，同意。")
    field.fill("请按附图核对红线。")
    reviewer.page.get_by_role("button", name="把上面的文字存为常用语").click()
    expect(reviewer.page.locator(".saved-answers-list")).to_contain_text("请按附图核对红线。")
