"""Kernels are compiled once; small problems use them where that costs no waiting."""

from __future__ import annotations

from types import SimpleNamespace

from huancheng.units.solver import Work, kernels, solving
from huancheng.units.solver.clock import Clock
from huancheng.units.solver.compilation import is_kept, plain
from tests.units.solver.given import grid


def kernel_kept_in(folder):
    def anneal():
        """Stand in for a kernel."""

    anneal.stats = SimpleNamespace(cache_path=str(folder))
    return anneal


def test_machine_code_left_by_an_earlier_run_is_seen(tmp_path):
    kernel = kernel_kept_in(tmp_path)
    assert not is_kept(kernel)
    (tmp_path / "test_compilation.anneal-14.py311.nbi").touch()
    assert is_kept(kernel)


def test_a_plain_function_is_never_kept():
    assert not is_kept(plain(kernels.draw))


def test_a_small_problem_waits_for_no_compiler_but_uses_what_was_compiled(monkeypatch):
    def uncompiled(**asked):
        return solving._Run(grid(3, 3), Work(**asked)).search.uncompiled

    for kept, seconds, plainly in ((True, 9, False), (False, 9, True), (True, 1, True), (False, 60, False)):
        monkeypatch.setattr(solving, "is_kept", lambda _, kept=kept: kept)
        assert uncompiled(time_limit=seconds) is plainly
    assert uncompiled()
    assert not uncompiled(limit=1)


def test_a_time_limit_keeps_something_for_the_writing():
    assert 95.9 < Clock(Work(time_limit=100.0)).left <= 96.0
    assert 4.7 < Clock(Work(time_limit=5.0)).left <= 4.8
    assert 0.07 < Clock(Work(time_limit=0.1)).left <= 0.08
    assert Clock(Work()).left == float("inf")
