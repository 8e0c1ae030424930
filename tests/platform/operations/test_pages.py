"""Health is told to everyone in a word; how the installation fares only to those who look after it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from huancheng.platform.common import clock
from huancheng.platform.operations.domain.beating import beat
from huancheng.platform.operations.migrating import bring_up_to_date
from huancheng.platform.operations.models import Backup, DailyRun
from huancheng.platform.operations.views import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client_as):
    client = client_as("市专班办公室", "administrator")
    session = client.session
    session["elevated_until"] = 4_102_444_800
    session.save()
    return client


def test_that_it_lives_is_told_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/operations/health/")
    assert answer.json() == {"alive": True}
    assert "no-store" in answer["Cache-Control"]


def test_that_it_is_ready_is_told(client):
    assert client.get("/operations/health/ready/").json() == {"ready": True}


def test_a_database_of_another_version_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "missing_migrations", lambda: ["casework.0009_x"])
    answer = client.get("/operations/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_a_database_that_is_away_is_not_ready(client, monkeypatch):
    def away():
        raise DatabaseError("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr(health, "missing_migrations", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = client.get("/operations/health/ready/")
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.content.decode()


def test_the_page_tells_versions_rounds_backups_and_what_is_to_be_done(administrator):
    beat("a")
    DailyRun.objects.create(name="audit-anchor", day=clock.today(), begun_at=clock.now(), fault="OSError")
    DailyRun.objects.create(name="files-sweep", day=clock.today(), begun_at=clock.now(), ended_at=clock.now())
    Backup.objects.create(at=clock.now(), name="huancheng-1.tar", size=3 << 20, sha256="ab" * 32, rows=7, files=2)
    text = administrator.get("/operations/").content.decode()
    for words in (
        "Huancheng",
        "files-sweep",
        "OSError",
        "huancheng-1.tar",
        "1 个在运行",
        "需要处理",
        connection.display_name,
    ):
        assert words in text


def test_a_fresh_installation_says_what_will_be_there(administrator):
    text = administrator.get("/operations/").content.decode()
    assert "近七天没有例行任务" in text
    assert "还没有备份" in text
    assert "没有在运行" in text


def test_the_page_asks_the_same_few_questions_however_much_there_is(administrator, django_assert_max_num_queries):
    for number in range(40):
        Backup.objects.create(at=clock.now(), name=f"{number}.tar", size=1, sha256="ab" * 32, rows=7, files=2)
    with django_assert_max_num_queries(45):
        assert administrator.get("/operations/").status_code == 200


def test_a_database_of_this_version_needs_nothing():
    bring_up_to_date()
