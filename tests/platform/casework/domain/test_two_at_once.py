"""Two people decide at once, on SQLite and on PostgreSQL: one wins, the other is told, nothing is done twice."""

from __future__ import annotations

import json

TOGETHER = """
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connections
from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.models import Case, Subject

def together(*works):
    barrier = Barrier(len(works))
    def run(work):
        barrier.wait()
        try:
            return work()
        except InputFault as fault:
            return f"{type(fault).__name__}: {fault.message}"
        finally:
            connections.close_all()
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
"""

DECIDE = """
officer = put("市专班办公室", "officer")
subject = Subject.objects.create(kind="unit", key="R1", title="一号单元", jurisdiction="linhe")
case = open_case("unit_plan", subject, officer).case.pk
meet_precondition(case, "special-plan", officer, paper="1号")
version = Case.objects.get(pk=case).version
people = [put("临河县人民政府", "approver", number) for number in (1, 2)]
def decision(acting):
    return lambda: complete(case, "designate", acting, expected=version).case.number
found = together(*(decision(acting) for acting in people))
entries = Event.objects.filter(stream=f"case:{case}", code="case.complete").count()
print(json.dumps([found, entries, Case.objects.get(pk=case).version - version]))
"""

OPEN = """
officer = put("市专班办公室", "officer")
units = [{"kind": "unit", "key": f"N{n}", "title": f"{n}号单元", "jurisdiction": "linhe"} for n in range(5)]
subjects = [Subject.objects.create(**unit) for unit in units]
def opening(subject):
    return lambda: open_case("unit_plan", subject, officer).case.number
print(json.dumps(together(*(opening(subject) for subject in subjects))))
"""


def test_one_decides_and_the_other_is_told(installation):
    found, entries, versions = json.loads(installation.script(TOGETHER + DECIDE))
    told = [item for item in found if item.startswith("Overtaken")]
    assert told == ["Overtaken: 这件案卷刚刚被他人办理过，您看到的不是最新状态"]
    assert (len(found), entries, versions) == (2, 1, 1)


def test_cases_opened_at_once_get_numbers_of_their_own(installation):
    numbers = json.loads(installation.script(TOGETHER + OPEN))
    assert len(set(numbers)) == len(numbers) == 5
    assert all(number.split("-")[1] == "UP" for number in numbers), numbers
