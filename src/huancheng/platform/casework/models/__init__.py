"""Tables of cases."""

from huancheng.platform.casework.models.case import Case, Sight
from huancheng.platform.casework.models.subject import Subject
from huancheng.platform.casework.models.task import Task

__all__ = ["Case", "Sight", "Subject", "Task"]
