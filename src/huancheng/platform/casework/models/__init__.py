"""Tables of cases."""

from huancheng.platform.casework.models.back_entry import BackEntryImport, BackEntryRow
from huancheng.platform.casework.models.case import Case, PersonSight, Sight
from huancheng.platform.casework.models.decision_record import DecisionRecord
from huancheng.platform.casework.models.link import CaseLink
from huancheng.platform.casework.models.message import Escalation, Message, MessageKind, MessageWish, Told
from huancheng.platform.casework.models.paper import Paper, PaperVersion, PublicCopy
from huancheng.platform.casework.models.part import Edition, Part
from huancheng.platform.casework.models.saved_answer import SavedAnswer
from huancheng.platform.casework.models.search import SearchEntry, SearchGram
from huancheng.platform.casework.models.series import NumberSeries
from huancheng.platform.casework.models.subject import Subject
from huancheng.platform.casework.models.task import Task
from huancheng.platform.casework.procedures.consultation.models import Finding, OpinionAnswer, OpinionRequest
from huancheng.platform.casework.procedures.experts.models import Conflict, Expert, ExpertOpinion, Panel, PanelSeat
from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting, Seat, SeatVote
from huancheng.platform.casework.procedures.notices.models import (
    Hearing,
    Notice,
    NoticePaper,
    NoticePlace,
    Objection,
    ObjectionContact,
)

__all__ = [
    "AgendaItem",
    "BackEntryImport",
    "BackEntryRow",
    "Case",
    "CaseLink",
    "Conflict",
    "DecisionRecord",
    "Edition",
    "Escalation",
    "Expert",
    "ExpertOpinion",
    "Finding",
    "Hearing",
    "Meeting",
    "Message",
    "MessageKind",
    "MessageWish",
    "Notice",
    "NoticePaper",
    "NoticePlace",
    "NumberSeries",
    "Objection",
    "ObjectionContact",
    "OpinionAnswer",
    "OpinionRequest",
    "Panel",
    "PanelSeat",
    "Paper",
    "PaperVersion",
    "Part",
    "PersonSight",
    "PublicCopy",
    "SavedAnswer",
    "SearchEntry",
    "SearchGram",
    "Seat",
    "SeatVote",
    "Sight",
    "Subject",
    "Task",
    "Told",
]
