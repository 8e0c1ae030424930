"""Two who write at once never fork the chain of a stream, whether or not they locked anything before."""

from __future__ import annotations

WRITER = """
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.append import append
print("ready", flush=True)
sys.stdin.readline()
for number in range(30):
    with transaction.atomic():
        append("case:1", "case.remark", PROGRAM, {"number": number})
"""
READ = """
from huancheng.platform.audit.models import Event
print(list(Event.objects.filter(stream="case:1").order_by("id").values_list("sequence", flat=True)))
"""


def test_two_writers_never_fork_the_chain(installation):
    writers = [installation.start_script(WRITER) for _ in range(2)]
    assert [writer.stdout.readline() for writer in writers] == ["ready\n"] * 2
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, fault = writer.communicate(timeout=60)
        assert writer.returncode == 0, fault
    assert installation.script(READ).strip() == str(list(range(1, 61)))
    assert installation.whole_log()
