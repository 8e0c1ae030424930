"""Tables of operations."""

from huancheng.platform.operations.models.backup import Backup
from huancheng.platform.operations.models.daily_run import DailyRun
from huancheng.platform.operations.models.heartbeat import Heartbeat

__all__ = ["Backup", "DailyRun", "Heartbeat"]
