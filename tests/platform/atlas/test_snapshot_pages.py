"""Loading and switching snapshots from a page."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huancheng.platform.atlas.models import SnapshotRecord
from tests.platform.atlas.little import kept_snapshot
from tests.platform.atlas.little import snapshot as little

pytestmark = pytest.mark.django_db
OFFICER = ("市专班办公室", "officer")
LIST = "atlas:snapshots"


@pytest.fixture
def archive(tmp_path) -> SimpleUploadedFile:
    with zipfile.ZipFile(tmp_path / "city.zip", "w") as packed:
        for file in Path(little().location).iterdir():
            packed.write(file, file.name)
    return SimpleUploadedFile("city.zip", (tmp_path / "city.zip").read_bytes(), "application/zip")


@pytest.fixture
def officer(client_as):
    return client_as(*OFFICER)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_zip_is_loaded_its_tiles_made_and_the_map_switched(
    officer, archive, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(reverse("atlas:load"), {"archive": archive})
    assert answer.status_code == 302
    record = SnapshotRecord.objects.get()
    assert (record.state, record.current) == ("ready", False)
    assert "可用" in officer.get(reverse(LIST)).content.decode()
    officer.post(reverse("atlas:show", args=[record.pk]))
    assert "地图正在使用：小城" in officer.get(reverse(LIST)).content.decode()
    assert officer.get(reverse("atlas:map")).status_code == 200


def test_loading_it_again_says_so(officer, archive, snapshot):
    answer = officer.post(reverse("atlas:load"), {"archive": archive})
    assert said(answer) == ["这份快照此前已经载入"]


def test_what_is_no_snapshot_is_refused_at_the_field(officer):
    answer = officer.post(reverse("atlas:load"), {"archive": SimpleUploadedFile("x.zip", b"no zip")})
    assert answer.status_code == 400
    assert "打不开" in answer.content.decode()


def test_what_is_too_large_for_a_form_is_refused(officer, archive, monkeypatch):
    monkeypatch.setattr("huancheng.platform.atlas.forms.snapshot.LARGEST", 10)
    answer = officer.post(reverse("atlas:load"), {"archive": archive})
    assert answer.status_code == 400
    assert "load_snapshot" in answer.content.decode()


def test_the_shown_snapshot_is_not_retired_and_the_page_says_why(officer, snapshot):
    answer = officer.post(reverse("atlas:retire", args=[snapshot.pk]))
    assert "地图正在使用" in said(answer)[0]


def test_another_is_retired_and_brought_back(officer, snapshot, django_capture_on_commit_callbacks):
    snapshot.current = False
    snapshot.save()
    officer.post(reverse("atlas:retire", args=[snapshot.pk]))
    snapshot.refresh_from_db()
    assert snapshot.state == "retired"
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("atlas:make-again", args=[snapshot.pk]))
    snapshot.refresh_from_db()
    assert snapshot.state == "ready"


def test_the_approval_number_is_shown_on_the_map(officer, snapshot):
    officer.post(reverse("atlas:approval", args=[snapshot.pk]), {"number": "鲁S（2026）001号"})
    assert "鲁S（2026）001号" in officer.get(reverse("atlas:map")).content.decode()
    answer = officer.post(reverse("atlas:approval", args=[snapshot.pk]), {"number": "9" * 61})
    assert said(answer)[-1] == "审图号过长"


def test_a_line_under_way_asks_again_until_it_is_done(officer, snapshot):
    snapshot.state, snapshot.current, snapshot.stage, snapshot.progress = "loading", False, "制作地图瓦片", 20
    snapshot.save()
    under_way = officer.get(reverse("atlas:progress", args=[snapshot.pk])).content.decode()
    assert "hx-trigger" in under_way
    assert "制作地图瓦片" in under_way
    snapshot.state = "refused"
    snapshot.save()
    assert "hx-trigger" not in officer.get(reverse("atlas:progress", args=[snapshot.pk])).content.decode()


def test_a_snapshot_is_previewed_by_those_who_keep_the_data(officer, client_as, snapshot):
    snapshot.current = False
    snapshot.save()
    address = f"{reverse('atlas:map')}?snapshot={snapshot.pk}"
    assert "预览，未启用" in officer.get(address).content.decode()
    assert client_as("市专班办公室", "auditor").get(address).status_code == 404
    assert officer.get(f"{reverse('atlas:map')}?snapshot=x").status_code == 404


def test_without_a_snapshot_the_map_says_what_to_do(officer, client_as):
    assert "载入快照" in officer.get(reverse("atlas:map")).content.decode()
    assert "请联系" in client_as("市专班办公室", "auditor").get(reverse("atlas:map")).content.decode()


def test_the_queries_of_the_list_do_not_grow(officer, snapshot, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse(LIST))
    for digest in "ab":
        SnapshotRecord.objects.create(
            digest=digest, name=digest, title=digest, as_of="2025", crs="x", taken_at=snapshot.taken_at
        )
    with django_assert_max_num_queries(len(one)):
        officer.get(reverse(LIST))


def test_the_command_loads_prepares_and_shows(settings, tmp_path, capsys):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    call_command("load_snapshot", little().location)
    assert SnapshotRecord.objects.get().current
    assert "已载入：小城（2025-12-31）" in capsys.readouterr().out
    call_command("load_snapshot", little().location, "--keep-current")
    assert "此前已载入" in capsys.readouterr().out


def test_the_command_brings_a_retired_snapshot_back():
    record = kept_snapshot(current=False)
    record.state = "retired"
    record.save()
    call_command("load_snapshot", little().location)
    record.refresh_from_db()
    assert record.current


def test_the_command_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match=r"manifest\.json"):
        call_command("load_snapshot", str(tmp_path))
