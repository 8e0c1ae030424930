"""A full disk gives a plain page, changes nothing, and all goes on once there is room again."""

from __future__ import annotations

import json

SCENE = """
import json
from django.test import Client
from django.db import connection
from django.contrib.sessions.models import Session
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.bodies.models import Person
Person.objects.create_user("wenshu", "a long enough passphrase", name="文书甲")
words = {"username": "wenshu", "password": "a long enough passphrase"}
def sign_in():
    client = Client(raise_request_exception=False, SERVER_NAME="localhost", headers={"Accept-Language": "zh-CN"})
    answer = client.post("/sign-in/", words)
    return [answer.status_code, answer.content.decode()]
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    pages = cursor.fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {pages}")
"""
FULL = """
full = None
for _ in range(2000):
    status, text = sign_in()
    if status != 302:
        full = [status, text]
        break
before = Session.objects.count()
again = sign_in()[0]
unchanged = Session.objects.count() == before
with connection.cursor() as cursor:
    cursor.execute("PRAGMA max_page_count = 1073741823")
print(json.dumps([full, again, unchanged, sign_in()[0], verify_log().whole]))
"""


def test_a_full_disk_gives_a_plain_page_and_all_goes_on_once_there_is_room(prepared, tmp_path):
    installation = prepared("sqlite").copy(tmp_path / "home", "")
    (status, text), again, unchanged, after, whole = json.loads(installation.script(SCENE + FULL))
    assert status == again == 507
    assert "服务器磁盘已满" in text
    assert "Traceback" not in text
    assert unchanged
    assert after == 302
    assert whole
