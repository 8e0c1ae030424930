"""The doctor finds what is not as it should be, says what to do, and looks at the rest in any case."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from huancheng.platform.audit import guards
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.anchor import make_anchor
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.sanctioned import log_opened
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Case
from huancheng.platform.common import assets, clock
from huancheng.platform.files.domain.store import place_of, storage, take_in
from huancheng.platform.operations.domain.beating import beat
from huancheng.platform.operations.examining import contents, database, machine
from huancheng.platform.operations.examining.checks import CHECKS
from huancheng.platform.operations.examining.findings import Check, Finding, examine
from huancheng.platform.operations.models import Backup, DailyRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A home of its own."""
    settings.HOME = tmp_path


@pytest.fixture
def case(acting, unit):
    return open_case("unit_plan", unit(), acting("临河县指定的编制部门", "compiler")).case


def texts(examined) -> list[str]:
    """What was found; every finding has a cure."""
    found = list(examined)
    assert all(cure for _, cure in found)
    return [text for text, _ in found]


def test_a_sound_database_gives_no_finding(case):
    looks = (database.reachable, database.migrated, database.guarded, database.log_whole, database.clock_right)
    assert [texts(look()) for look in looks] == [[]] * 5


def test_missing_triggers_are_found():
    guards.remove(connection)
    (text,) = texts(database.guarded())
    assert all(name in text for name in guards.wanted(connection))


def test_a_broken_log_is_found(case):
    with log_opened():
        Event.objects.update(role="approver")
    (text,) = texts(database.log_whole())
    assert f"{case.stream}#1" in text


def test_missing_migrations_are_found(monkeypatch):
    monkeypatch.setattr(database, "missing_migrations", lambda: ["casework.0009_x", "files.0002_y"])
    (text,) = texts(database.migrated())
    assert "2 项" in text
    assert "casework.0009_x" in text


def test_a_log_without_anchors_for_days_is_found():
    with clock.at(clock.now() - timedelta(days=3)):
        append("case:1", "a", PROGRAM)
    assert len(texts(database.log_anchored())) == 1
    make_anchor()
    assert texts(database.log_anchored()) == []


def test_a_clock_that_ran_backwards_is_found():
    with clock.at(clock.now() + timedelta(hours=2)):
        append("case:1", "a", PROGRAM)
    assert "时钟" in texts(database.clock_right())[0]


def test_lost_and_damaged_files_are_found(settings):
    kept, lost, damaged = (take_in(io.BytesIO(text.encode()), "a.txt").stored for text in ("一", "二", "三"))
    assert texts(contents.files_whole()) == []
    storage().delete(place_of(lost.sha256))
    path = Path(storage().path(place_of(damaged.sha256)))
    path.chmod(0o600)
    path.write_bytes("四".encode())
    first, second = texts(contents.files_whole())
    assert "缺失 1 个" in first
    assert lost.sha256[:12] in first
    assert "损坏 1 个" in second
    assert damaged.sha256[:12] in second
    assert kept.sha256[:12] not in first + second


def test_a_case_that_was_changed_past_its_log_is_found(case):
    assert texts(contents.cases_as_logged()) == texts(contents.versions_as_logged()) == []
    Case.objects.update(approved=True)
    (text,) = texts(contents.cases_as_logged())
    assert case.number in text
    Case.objects.update(approved=False, version=9)
    (text,) = texts(contents.versions_as_logged())
    assert case.number in text


def test_a_pack_that_is_lost_is_found(case):
    assert texts(contents.packs_kept()) == []
    Case.objects.update(pack="0" * 64)
    assert "000000000000" in texts(contents.packs_kept())[0]


def test_missing_and_old_backups_are_found(case):
    assert texts(contents.backed_up()) == ["从未备份"]
    backup = Backup.objects.create(at=clock.now(), name="a.tar", size=3 << 20, sha256="0" * 64, rows=1, files=1)
    assert (str(backup), backup.megabytes) == ("a.tar", 3.0)
    assert texts(contents.backed_up()) == []
    with clock.at(clock.now() + timedelta(days=5)):
        assert texts(contents.backed_up()) == ["最近一次备份在 5 天前"]


def test_an_empty_installation_needs_no_backup():
    assert texts(contents.backed_up()) == []


def test_a_disk_without_room_is_found(monkeypatch):
    assert texts(machine.room()) == []
    monkeypatch.setattr(machine, "LEAST_FREE", 1 << 60)
    assert len(texts(machine.room())) == 1


def test_secrets_that_others_can_read_are_found(tmp_path):
    file = tmp_path / "secrets.json"
    assert texts(machine.secrets_guarded()) == []
    file.write_text("{}")
    file.chmod(0o600)
    assert texts(machine.secrets_guarded()) == []
    file.chmod(0o644)
    assert len(texts(machine.secrets_guarded())) == 1


def test_missing_assets_are_found(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    assert len(texts(machine.assets_built())) == 2


def test_a_missing_worker_and_a_failed_round_are_found():
    assert len(texts(machine.worker_alive())) == 1
    beat("a")
    assert texts(machine.worker_alive()) == []
    DailyRun.objects.create(name="audit-anchor", day=clock.today(), begun_at=clock.now(), fault="OSError")
    assert "audit-anchor" in texts(machine.worker_alive())[0]


@pytest.mark.parametrize(
    ("name", "value", "hosts", "words"),
    [
        ("DEBUG", True, ["localhost"], "调试模式"),
        ("DEMO", False, ["*"], "任何主机名"),
        ("HTTPS", False, ["renewal.example.cn"], "HTTPS"),
        ("DEMO", True, ["renewal.example.cn"], "演示模式"),
        ("MAIL_MESSAGES", True, ["localhost"], "邮件"),
    ],
)
def test_unsafe_settings_are_found(settings, name, value, hosts, words):
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.ALLOWED_HOSTS = hosts
    setattr(settings, name, value)
    assert any(words in text for text in texts(machine.settings_safe()))


def test_safe_settings_give_no_finding(settings):
    settings.ALLOWED_HOSTS, settings.HTTPS, settings.DEMO = ["renewal.example.cn"], True, False
    assert texts(machine.settings_safe()) == []
    settings.ALLOWED_HOSTS, settings.HTTPS, settings.DEMO = list(machine.LOOPBACK), False, True
    assert texts(machine.settings_safe()) == []


def fail():
    raise ZeroDivisionError
    yield


def test_a_check_that_cannot_be_made_is_a_finding_and_the_rest_is_looked_at():
    checks = (
        Check("a", "甲", fail),
        Check("b", "乙", lambda: [("坏了", "修好")]),
        Check("c", "丙", lambda: [("慢", "快")], slow=True),
    )
    found = [(check.name, [item.text for item in findings]) for check, findings in examine(checks)]
    assert found == [("a", ["无法检查：ZeroDivisionError"]), ("b", ["坏了"]), ("c", ["慢"])]
    assert [check.name for check, _ in examine(checks, quick=True)] == ["a", "b"]
    assert Finding("b", "坏了", "修好").as_dict() == {"check": "b", "text": "坏了", "cure": "修好"}


def test_everything_is_examined_under_a_name_of_its_own():
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names)) == 16
