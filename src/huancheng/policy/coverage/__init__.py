"""Proof that the policy is served: requirements counted by the tests that carry their ids."""

from huancheng.policy.coverage.report import Coverage, measure, read_results, write_page

__all__ = ["Coverage", "measure", "read_results", "write_page"]
