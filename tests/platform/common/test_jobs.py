"""A job says how far it is, what came out or why it failed, to the person who asked for it and to nobody else."""

from __future__ import annotations

import logging

import pytest
from django.urls import reverse
from django_tasks import task

from huancheng.evidence import InputFault
from huancheng.platform.common import clock
from huancheng.platform.common.jobs import Progress, broken_off, start, working
from huancheng.platform.common.models import Job

pytestmark = pytest.mark.django_db
CLERK = ("临河县城市更新工作专班", "clerk")


@task()
def count_to(job: str, end: int) -> None:
    with working(job) as progress:
        for number in range(end):
            progress(number * 100 // end, f"第 {number} 行")
        progress.outcome(f"共 {end} 行", "/cases/")


@pytest.fixture
def begun(acting, django_capture_on_commit_callbacks):
    """Return a function that starts a job as a clerk; its work is done at once."""

    def begin(work=count_to, *arguments) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            job = start(work, "test.count", "数一数", acting(*CLERK), *(arguments or (3,)))
        job.refresh_from_db()
        return job

    return begin


def test_a_job_that_ends_says_what_came_out(begun):
    job = begun()
    assert (job.state, job.percent, job.words, job.leads_to) == ("done", 100, "共 3 行", "/cases/")
    assert not job.is_open
    assert "数一数" in str(job)


def test_work_begins_only_when_the_change_that_asked_for_it_is_kept(acting, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        job = start(count_to, "test.count", "数一数", acting(*CLERK), 3)
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def test_how_far_it_is_stays_within_bounds_and_is_written_only_when_it_changes(begun, django_assert_num_queries):
    job = begun()
    progress = Progress(str(job.pk))
    progress(250, "x")
    with django_assert_num_queries(0):
        progress(250, "x")
    progress(None, "不知多久")
    job.refresh_from_db()
    assert (job.percent, job.words, job.state) == (None, "不知多久", "running")


def test_a_fault_of_the_users_is_told_in_its_own_words(begun):
    job = begun()
    with working(str(job.pk)):
        raise InputFault("第 3 行缺少属地", cure="请补上后再导入")
    job.refresh_from_db()
    assert (job.state, job.words) == ("failed", "第 3 行缺少属地 请补上后再导入")


def test_a_failure_of_ours_shows_no_traceback_and_goes_to_the_log(begun, caplog):
    job = begun()
    with caplog.at_level(logging.ERROR), pytest.raises(ZeroDivisionError), working(str(job.pk)):
        _ = 1 // 0
    job.refresh_from_db()
    assert job.state == "failed"
    assert "division" not in job.words
    assert str(job.pk) in caplog.text


def test_a_job_whose_worker_died_is_marked(begun):
    job, other = begun(), begun()
    with clock.at(clock.now().replace(year=2020)):
        Progress(str(job.pk))(50)
    Progress(str(other.pk))(50)
    assert broken_off() == 1
    job.refresh_from_db()
    assert (job.state, job.words) == ("failed", "后台程序中断，可重新提交")


class TestItsPage:
    @pytest.mark.parametrize("state", list(Job.State))
    def test_it_is_shown_in_every_state_and_asks_again_only_while_it_is_open(self, begun, client_as, state):
        job = begun()
        Job.objects.filter(pk=job.pk).update(state=state, percent=40, number="abc")
        client = client_as(*CLERK)
        page = client.get(reverse("common:job", args=[job.pk]))
        part = client.get(reverse("common:job", args=[job.pk]), headers={"HX-Request": "true"}).content.decode()
        assert "数一数" in page.content.decode()
        assert ("every 1s" in part) is (state in {"waiting", "running"})
        assert "<html" not in part

    def test_nobody_else_sees_it(self, begun, client_as):
        job = begun()
        assert client_as("市专班办公室", "administrator").get(reverse("common:job", args=[job.pk])).status_code == 404
