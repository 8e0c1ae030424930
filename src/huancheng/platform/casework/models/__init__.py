"""Tables of cases."""

from huancheng.platform.casework.models.back_entry import BackEntryImport, BackEntryRow
from huancheng.platform.casework.models.case import Case, PersonSight, Sight
from huancheng.platform.casework.models.decision_record import DecisionRecord
from huancheng.platform.casework.models.link import CaseLink
from huancheng.platform.casework.models.message import Escalation, Message, MessageKind, MessageWish, Told
from huancheng.platform.casework.models.part import Edition, Part
from huancheng.platform.casework.models.search import SearchEntry, SearchGram
from huancheng.platform.casework.models.series import NumberSeries
from huancheng.platform.casework.models.subject import Subject
from huancheng.platform.casework.models.task import Task

__all__ = [
    "BackEntryImport",
    "BackEntryRow",
    "Case",
    "CaseLink",
    "DecisionRecord",
    "Edition",
    "Escalation",
    "Message",
    "MessageKind",
    "MessageWish",
    "NumberSeries",
    "Part",
    "PersonSight",
    "SearchEntry",
    "SearchGram",
    "Sight",
    "Subject",
    "Task",
    "Told",
]
