"""A job that decides: what a worker is killed over."""

from __future__ import annotations

from django_tasks import task

from huancheng.platform.casework.domain.stepping import complete
from tests.platform.acting import put


@task()
def decide_in_the_background(case: int) -> None:
    """Complete a step of a case."""
    complete(case, "designate", put("临河县人民政府", "approver"), words="同意指定")
