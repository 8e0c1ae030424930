"""Tables of cases."""

from huancheng.platform.casework.models.case import Case, PersonSight, Sight
from huancheng.platform.casework.models.decision_record import DecisionRecord
from huancheng.platform.casework.models.link import CaseLink
from huancheng.platform.casework.models.part import Edition, Part
from huancheng.platform.casework.models.series import NumberSeries
from huancheng.platform.casework.models.subject import Subject
from huancheng.platform.casework.models.task import Task

__all__ = [
    "Case",
    "CaseLink",
    "DecisionRecord",
    "Edition",
    "NumberSeries",
    "Part",
    "PersonSight",
    "Sight",
    "Subject",
    "Task",
]
