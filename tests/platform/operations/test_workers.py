"""Workers give signs of life; jobs of dead ones are taken up again, and given up where they kill their workers."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from huancheng.platform.common import clock
from huancheng.platform.operations import working
from huancheng.platform.operations.domain.beating import ALIVE_FOR, FORGOTTEN_AFTER, beat, fall_silent, living_workers
from huancheng.platform.operations.domain.jobs import MOST_ATTEMPTS, take_up_abandoned_jobs
from huancheng.platform.operations.models import Heartbeat
from huancheng.platform.operations.repeating import Repeating

pytestmark = pytest.mark.django_db


def job(*workers: str, status: str = "RUNNING") -> DBTaskResult:
    """Make a job that these workers took, the last one last."""
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="tests.nothing", worker_ids=list(workers),
        backend_name="default", run_after=clock.now(), exception_class_path="", traceback="",
    )  # fmt: skip


def test_a_worker_lives_while_it_gives_signs_of_life():
    beat("a")
    assert living_workers() == {"a"}
    with clock.at(clock.now() + ALIVE_FOR + timedelta(seconds=1)):
        assert living_workers() == set()
        beat("b")
        assert living_workers() == {"b"}


def test_long_dead_workers_are_forgotten():
    beat("a")
    with clock.at(clock.now() + FORGOTTEN_AFTER + timedelta(seconds=1)):
        beat("b")
    assert [str(item) for item in Heartbeat.objects.all()] == ["b"]


def test_a_worker_that_ends_as_it_should_is_forgotten_at_once():
    beat("a")
    fall_silent("a")
    assert living_workers() == set()


def test_jobs_of_the_living_are_left_to_them():
    beat("a")
    mine, done = job("a"), job("dead", status="SUCCESSFUL")
    assert take_up_abandoned_jobs() == 0
    mine.refresh_from_db()
    done.refresh_from_db()
    assert (mine.status, done.status) == ("RUNNING", "SUCCESSFUL")


@pytest.mark.parametrize("workers", [("dead",), (), ("a", "dead")])
def test_jobs_of_the_dead_are_put_back(workers):
    beat("a")
    left = job(*workers)
    assert take_up_abandoned_jobs() == 1
    left.refresh_from_db()
    assert left.status == "READY"


def test_a_job_that_kills_its_workers_is_given_up():
    left = job(*(f"dead-{number}" for number in range(MOST_ATTEMPTS)))
    assert take_up_abandoned_jobs() == 1
    left.refresh_from_db()
    assert left.status == "FAILED"
    assert left.exception_class_path.endswith("jobs.Abandoned")


def test_a_worker_told_to_end_finishes_its_job_first():
    worker = working.JobWorker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="a", excluded_queue_names=[],
    )  # fmt: skip
    worker.running_task = True
    worker.shutdown(15, None)
    worker.shutdown(15, None)
    assert not worker.running
    worker.running_task = False
    with pytest.raises(SystemExit):
        worker.shutdown(15, None)


def test_what_is_repeated_goes_on_after_a_failure_and_ends_when_told(caplog):
    caplog.set_level(logging.ERROR, "huancheng.operations")  # the doctor's command, in a test before, lowers its voice
    called, enough = [], threading.Event()

    def fail_once():
        called.append(True)
        if len(called) == 1:
            raise ConnectionError
        enough.set()

    repeating = Repeating("test", 0.01, fail_once)
    repeating.start()
    assert enough.wait(10)
    repeating.stop()
    assert "test failed and will be tried again" in caplog.text
    count = len(called)
    assert not repeating._thread.is_alive()
    assert len(called) == count
