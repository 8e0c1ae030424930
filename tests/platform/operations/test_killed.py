"""Killed in mid-decision, in mid-upload and in mid-job: nothing half-done, nothing lost, the log whole."""

from __future__ import annotations

import json

from tests.platform.installation import running

PAUSE = """
import time
from huancheng.platform.casework.domain import moving
project = moving.project
def paused(standing):
    "Stop where the entry is written and the register not yet brought into step."
    project(standing)
    print("paused", flush=True)
    time.sleep(600)
"""
TELL = """
import json
from huancheng.platform.audit.models import Event
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.casework.models import Case, Task
def told():
    cases = list(Case.objects.order_by("pk").values_list("status", "version"))
    tasks = list(Task.objects.order_by("pk").values_list("step", "status"))
    return [cases, tasks, Event.objects.count(), verify_log().whole]
"""
DECIDE = """
from huancheng.platform.casework.domain.stepping import complete
case = Case.objects.get()
complete(case.pk, "designate", put("临河县人民政府", "approver"), words="同意指定")
"""


def killed_when_paused(child):
    """Kill a program with the signal nobody can catch, once it stands in the middle."""
    with running(child):
        assert child.stdout.readline() == "paused\n", child.stderr.read()
        child.kill()
        child.wait()


def test_a_decision_killed_in_the_middle_never_happened_and_can_be_made_again(installation):
    before = json.loads(installation.script(f"{TELL}unit_case()\nprint(json.dumps(told()))"))
    killed_when_paused(installation.start_script(f"{TELL}{PAUSE}moving.project = paused\n{DECIDE}"))
    after, again = json.loads(installation.script(f"{TELL}first = told()\n{DECIDE}print(json.dumps([first, told()]))"))
    assert after == before
    assert after[3]
    (status, version), entries = again[0][0], again[2]
    assert (status, version, entries) == ("open", before[0][0][1] + 1, before[2] + 1)
    assert again[3]


UPLOAD = """
from django.conf import settings
from huancheng.platform.files.domain import uploading
from huancheng.platform.files.domain.store import open_stored
from huancheng.platform.files.models import StoredFile, Upload
from tests.platform.files.samples import pdf
settings.UPLOAD_PIECE = 100
DATA = pdf(1)
me = put("市专班办公室", "clerk")
def pieces(upload):
    for offset in range(upload.received, upload.size, upload.piece):
        yield offset, DATA[offset : offset + upload.piece]
"""
CUT_SHORT = """
import time
upload = uploading.begin("批复.pdf", len(DATA), me)
first, second = list(pieces(upload))[:2]
uploading.add_piece(upload.pk, *first, me)
clock = uploading.clock.now
def paused():
    "Stop where the second piece lies on the disk and its row does not know of it."
    print("paused", flush=True)
    time.sleep(600)
uploading.clock.now = paused
uploading.add_piece(upload.pk, *second, me)
"""
GO_ON = """
import json
upload = Upload.objects.get()
lay = [upload.received, StoredFile.objects.count()]
for offset, piece in pieces(upload):
    uploading.add_piece(upload.pk, offset, piece, me)
with open_stored(uploading.finish(upload.pk, me).stored) as file:
    whole = file.read() == DATA
print(json.dumps([*lay, whole, StoredFile.objects.count(), Upload.objects.get().stored_id is not None]))
"""


def test_an_upload_killed_between_its_pieces_goes_on_where_it_was_and_no_byte_is_lost(installation):
    killed_when_paused(installation.start_script(UPLOAD + CUT_SHORT))
    received, kept_before, whole, kept, done = json.loads(installation.script(UPLOAD + GO_ON))
    assert (received, kept_before) == (100, 0), "the piece on its way counts as not received"
    assert (whole, kept, done) == (True, 1, True)


JOB = """
from tests.platform.operations.decision_job import decide_in_the_background
"""
WORK_ONCE = """
from django_tasks_db.models import DBTaskResult
from huancheng.platform.operations.working import JobWorker
def work_once(name):
    JobWorker(queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
              worker_id=name, excluded_queue_names=[]).run()
"""


def test_a_job_killed_in_the_middle_is_taken_up_again(installation):
    first = f"{TELL}{JOB}case = unit_case()\ndecide_in_the_background.enqueue(case.pk)\nprint(json.dumps(told()))"
    before = json.loads(installation.script(first))
    beat = "from huancheng.platform.operations.domain.beating import beat\nbeat('first')\n"
    killed_when_paused(
        installation.start_script(f"{PAUSE}{WORK_ONCE}{beat}moving.project = paused\nwork_once('first')")
    )
    scene = f"""{TELL}{WORK_ONCE}
from datetime import timedelta
from huancheng.platform.common import clock
from huancheng.platform.operations.domain.jobs import take_up_abandoned_jobs
between = told()
taken = [take_up_abandoned_jobs()]
with clock.at(clock.now() + timedelta(minutes=5)):
    taken.append(take_up_abandoned_jobs())
work_once("second")
job = DBTaskResult.objects.get()
print(json.dumps([between, taken, told(), job.status, job.worker_ids]))
"""
    between, taken, after, status, workers = json.loads(installation.script(scene))
    assert between == before
    assert taken == [0, 1]
    assert after[2] == before[2] + 1
    assert after[3]
    assert (status, workers) == ("SUCCESSFUL", ["first", "second"])
