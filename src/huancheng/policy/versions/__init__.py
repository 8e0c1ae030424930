"""Versions of packs: kept, compared, replayed."""

from huancheng.policy.versions.archive import Archive, DecisionRecord, record_decision, replays
from huancheng.policy.versions.diff import Difference, diff_books

__all__ = ["Archive", "DecisionRecord", "Difference", "diff_books", "record_decision", "replays"]
