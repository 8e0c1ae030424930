"""The connection is lost while a file is brought: it goes on where it stopped, and arrives whole."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from huancheng.platform.casework.models import PaperVersion
from huancheng.platform.files.models import Upload

SIDE = 500


def photograph() -> bytes:
    """Return a picture that does not compress."""
    noise = np.random.default_rng(4).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    made = Image.fromarray(noise)
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_an_upload_goes_on_where_it_stopped(desk, begun, settings):
    settings.UPLOAD_PIECE = 16 * 1024
    plan = begun("unit_plan")
    plan.until("review")
    data = photograph()
    reviewer = desk("临河县自然资源和规划局", "reviewer")
    asked: list[str] = []
    reviewer.page.on("request", lambda request: asked.append(request.url) if request.method == "PUT" else None)
    reviewer.open_case(plan.case.title)
    reviewer.follow("添加附件")
    status = reviewer.page.locator(".upload-status")

    file = {"name": "现状照片.png", "mimeType": "image/png", "buffer": data}
    with reviewer.page.expect_request(lambda request: f"offset={3 * settings.UPLOAD_PIECE}" in request.url):
        reviewer.page.locator("input[type=file]").set_input_files(file)
    reviewer.page.context.set_offline(True)
    expect(status).to_contain_text("连接中断")
    assert 0 < Upload.objects.get().received < len(data)
    reviewer.page.context.set_offline(False)
    expect(status).to_contain_text("已上传", timeout=60_000)
    assert sum(url.endswith("offset=0") for url in asked) == 1

    reviewer.fill(题名="现状照片")
    reviewer.through(reviewer.form.get_by_role("button").last)
    expect(reviewer.page.locator("main")).to_contain_text("现状照片")
    assert PaperVersion.objects.get().stored.sha256 == hashlib.sha256(data).hexdigest()
