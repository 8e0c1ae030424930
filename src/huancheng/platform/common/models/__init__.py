"""What the common app keeps: jobs with their progress, and counts of requests."""

from __future__ import annotations

from huancheng.platform.common.models.job import Job
from huancheng.platform.common.models.rate_window import RateWindow

__all__ = ["Job", "RateWindow"]
