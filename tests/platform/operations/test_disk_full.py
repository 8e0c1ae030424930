"""A full disk gives a plain page, leaves no act half-done, and all goes on once there is room again."""

from __future__ import annotations

import json

SERVERS_SCENE = """
import json
from django.db import OperationalError, connection
from django.test import Client
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models import Case, Subject
Person.objects.create_user("wenshu", "a long enough passphrase", name="文书甲")
words = {"username": "wenshu", "password": "a long enough passphrase"}
def sign_in():
    client = Client(raise_request_exception=False, SERVER_NAME="localhost", headers={"Accept-Language": "zh-CN"})
    answer = client.post("/sign-in/", words)
    return [answer.status_code, answer.content.decode()]
def counts():
    return [model.objects.count() for model in (Event, Case, Subject)]
def command(text):
    with connection.cursor() as cursor:
        cursor.execute(text)
unit_case("before")
before = counts()
command('''CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$''')
for table in ("casework_task", "django_session"):
    command(f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()")
try:
    with transaction.atomic():
        unit_case("U1")
except OperationalError as error:
    refused = str(error)
after, page = counts(), sign_in()
command("DROP FUNCTION full_disk CASCADE")
unit_case("U1")
print(json.dumps([refused, after == before, page, sign_in()[0], counts()[1] - before[1], verify_log().whole]))
"""
"""A server whose disk is full answers with the code `disk_full` wherever something is to be written."""

SCENE = """
import json
from django.db import OperationalError, connection
from django.test import Client
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models import Case, Subject
Person.objects.create_user("wenshu", "a long enough passphrase", name="文书甲")
words = {"username": "wenshu", "password": "a long enough passphrase"}
def sign_in():
    client = Client(raise_request_exception=False, SERVER_NAME="localhost", headers={"Accept-Language": "zh-CN"})
    answer = client.post("/sign-in/", words)
    return [answer.status_code, answer.content.decode()]
def counts():
    return [model.objects.count() for model in (Event, Case, Subject)]
def room(pages):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")
unit_case("before")
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    room(cursor.fetchone()[0])
number, refused = 0, ""
while not refused:
    number, before = number + 1, counts()
    try:
        with transaction.atomic():
            unit_case(f"U{number}")
    except OperationalError as error:
        refused = str(error)
after = counts()
try:
    for filler in range(100_000):
        Subject.objects.create(kind="unit", key=f"F{filler}", title="x" * 200, jurisdiction="linhe")
except OperationalError:
    page = next(answer for answer in (sign_in() for _ in range(40)) if answer[0] != 302)
room(1 << 30)
unit_case(f"U{number}")
print(json.dumps([refused, after == before, page, sign_in()[0], counts()[1] - before[1], verify_log().whole]))
"""


SCENES = {"sqlite": (SCENE, "full"), "postgresql": (SERVERS_SCENE, "No space left on device")}
"""What happens on each engine, and what it says of the disk."""


def test_a_full_disk_gives_a_plain_page_and_all_goes_on_once_there_is_room(installation):
    scene, words = SCENES[installation.engine]
    refused, nothing_half_done, page, after, more_cases, whole = json.loads(installation.script(scene))
    assert words in refused
    assert nothing_half_done
    assert page[0] == 507
    assert "服务器磁盘已满" in page[1]
    assert "Traceback" not in page[1]
    assert (after, more_cases, whole) == (302, 1, True)
